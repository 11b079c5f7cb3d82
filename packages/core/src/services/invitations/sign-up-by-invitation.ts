import { z } from 'zod'
import { Language, Password, TimeZone, UserName } from '../../model/user.js'
import type { User } from '../../model/user.js'
import { isStorageError } from '../../storage/storage-error.js'
import { unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { countActivation } from '../rate-limits/count-activation.js'
import { retryWhenBusy } from '../retry.js'
import { openPersonalTenant } from '../tenants/open-personal-tenant.js'
import { issueAccessToken } from '../tokens/issue-access-token.js'
import { newUser } from '../users/new-user.js'
import { joinByInvitation } from './join-by-invitation.js'
import { invalidToken, locateInvitation, openInvitation } from './open-invitation.js'

const input = z.strictObject({
  token: z.string().max(200),
  name: UserName.optional(),
  password: Password.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
})

/**
 * Makes an account for the invited address, a member of the tenant, signed in. An address that has an account is never
 * touched: its owner signs in and accepts.
 */
export async function signUpByInvitation(scope: Scope, raw: z.input<typeof input>) {
  const { password, ...details } = parseInput(input, raw)
  await refuseUnlessOpen(scope, details.token)
  const passwordHash = password === undefined ? null : await scope.context.passwords.hash(password)
  return signUp(scope, { ...details, passwordHash })
}

/** Only a token that opens an account now is worth the work of hashing a password. No lock is held meanwhile. */
async function refuseUnlessOpen(scope: Scope, token: string): Promise<void> {
  const { context } = scope
  const key = await locateInvitation(scope, token)
  await countActivation(scope, token)
  await retryWhenBusy(async () => {
    const { read } = context.storage
    const opened = await openInvitation(context, read, { key, token, now: context.clock() })
    if (!opened) throw invalidToken()
    if (await read.users.findByEmailKey(opened.invitation.emailKey)) throw unauthenticated()
  }, context)
}

const signUp = directoryCommand({
  input: input.omit({ password: true }).extend({ passwordHash: z.string().nullable() }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const key = await locateInvitation(scope, token)
    return { locks: { tenants: [key.tenantId] }, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token, passwordHash, ...profile }, key) {
    const { context, tx, now } = step
    const opened = await openInvitation(context, tx, { key, token, now })
    if (!opened) throw invalidToken()
    const { email, emailKey } = opened.invitation
    if (await tx.users.findByEmailKey(emailKey)) throw unauthenticated()
    // The token was mailed to this address; holding it counts as proof.
    const user: User = newUser({ ...profile, id: context.newId(), email, emailKey, emailVerifiedAt: now, now })
    await tx.users.insert(user).catch(refuseKnownAddress)
    if (passwordHash !== null) await tx.users.setPasswordHash(user.id, passwordHash)
    const personal = await openPersonalTenant(step, user)
    const { membership, event } = await joinByInvitation(step, { ...opened, user })
    const issued = await issueAccessToken(step, { userId: user.id, label: null, isSignIn: true })
    return {
      result: { user, tenant: opened.tenant, membership, accessToken: issued.accessToken },
      events: [
        {
          type: 'user.created',
          scope: { userId: user.id },
          target: { type: 'user', id: user.id },
          data: { superuser: false },
        },
        issued.event,
        ...personal,
        event,
      ],
      mails: [
        {
          kind: 'welcome',
          to: email,
          language: user.language,
          data: { tenantName: opened.tenant.name, name: user.name },
        },
      ],
    }
  },
})

/** An account was made for the address in the same moment: its owner signs in, like any other. */
function refuseKnownAddress(error: unknown): never {
  throw isStorageError(error) && error.constraint === 'user.email' ? unauthenticated() : error
}
