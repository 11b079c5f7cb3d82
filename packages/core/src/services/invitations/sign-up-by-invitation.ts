import { z } from 'zod'
import type { NewEvent } from '../../events.js'
import { Language, Password, TimeZone, UserName } from '../../model/user.js'
import type { User } from '../../model/user.js'
import type { LocatedInvitation } from '../../storage/invitation-port.js'
import { isStorageError, StorageError } from '../../storage/storage-error.js'
import { unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import type { DirectoryStep, Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { countActivation } from '../rate-limits/count-activation.js'
import { retryWhenBusy } from '../retry.js'
import { openPersonalTenant } from '../tenants/open-personal-tenant.js'
import { issueAccessToken } from '../tokens/issue-access-token.js'
import { claimAddress, PROOF } from '../users/claim-address.js'
import { askAgain, newUser } from '../users/new-user.js'
import { signOutEverywhere } from '../users/sign-out-everywhere.js'
import { joinByInvitation } from './join-by-invitation.js'
import { givesWay } from './gives-way.js'
import { invalidToken, locateInvitation, openInvitation } from './open-invitation.js'
import type { OpenInvitation } from './open-invitation.js'

const input = z.strictObject({
  token: z.string().max(200),
  name: UserName.optional(),
  password: Password.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
})

/**
 * Makes an account for the invited address, a member of the tenant, signed in. The mailed token proves the address: it
 * takes the address from an account that has no proof, and opens one that waits for its person. The token that the inviter
 * saw proves nothing. An address that is somebody's otherwise is never touched: its owner signs in and accepts.
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
    const holder = await read.users.findByEmailKey(opened.invitation.emailKey)
    if (holder && !(await givesWay(read, holder, key))) throw unauthenticated()
  }, context)
}

const signUp = directoryCommand({
  input: input.omit({ password: true }).extend({ passwordHash: z.string().nullable() }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const key = await locateInvitation(scope, token)
    const invitation = await scope.context.storage.read.invitations.find(key)
    const holder = invitation && (await scope.context.storage.read.users.findByEmailKey(invitation.emailKey))
    const locks = { tenants: [key.tenantId], users: holder ? [holder.id] : [] }
    return { locks, scope: { tenantId: key.tenantId }, found: key }
  },
  async run(step, { token, passwordHash, ...profile }, key) {
    const { context, tx, now } = step
    const opened = await openInvitation(context, tx, { key, token, now })
    if (!opened) throw invalidToken()
    const account = await enter(step, { opened, by: key.by, profile })
    const { user } = account
    if (passwordHash !== null) await tx.users.setPasswordHash(user.id, passwordHash)
    const { membership, event } = await joinByInvitation(step, { ...opened, user })
    const issued = await issueAccessToken(step, { userId: user.id, label: null, isSignIn: true })
    const data = { tenantName: opened.tenant.name, name: user.name }
    return {
      result: { user, tenant: opened.tenant, membership, accessToken: issued.accessToken },
      events: [...account.events, issued.event, ...account.personal, event],
      mails: [{ kind: 'welcome', to: user.email, language: user.language, data }],
    }
  },
})

type Profile = Pick<z.output<typeof input>, 'name' | 'language' | 'timeZone'>

interface Entering {
  readonly opened: OpenInvitation
  readonly by: LocatedInvitation['by']
  readonly profile: Profile
}

interface Entered {
  readonly user: User
  readonly events: readonly NewEvent[]
  readonly personal: readonly NewEvent[]
}

/** The account of whoever comes in: the one that waits for them, or a new one. */
async function enter(step: DirectoryStep, { opened, by, profile }: Entering): Promise<Entered> {
  const { context, tx, now, locks } = step
  const { email, emailKey } = opened.invitation
  const emailVerifiedAt = by === 'mailed' ? now : null
  const holder = await tx.users.findByEmailKey(emailKey)
  if (holder && !locks.users?.includes(holder.id)) throw new StorageError('busy', 'The address got an account just now')
  if (holder && !(await givesWay(tx, holder, { by }))) throw unauthenticated()
  if (holder && holder.waitingSince !== null)
    return openWaiting(step, holder, { ...profile, emailVerifiedAt: holder.emailVerifiedAt ?? emailVerifiedAt })
  const claimed = await claimAddress(step, { userId: null, emailKey }, { ...PROOF, isProven: by === 'mailed' })
  const user = newUser({ ...profile, id: context.newId(), email, emailKey, emailVerifiedAt, now })
  await tx.users.insert(user).catch(by === 'mailed' ? askAgain : refuseKnownAddress)
  const [scope, target] = [{ userId: user.id }, { type: 'user', id: user.id }] as const
  const created = { type: 'user.created', scope, target, data: { superuser: false } } as const
  return { user, events: [...claimed.events, created], personal: await openPersonalTenant(step, user) }
}

async function openWaiting(
  { tx }: DirectoryStep,
  waiting: User,
  { emailVerifiedAt, ...profile }: Profile & Pick<User, 'emailVerifiedAt'>,
): Promise<Entered> {
  const { id } = waiting
  const given = Object.entries(profile).filter(([, value]) => value !== undefined)
  const set = { ...Object.fromEntries(given), emailVerifiedAt, waitingSince: null }
  await tx.users.update({ id, set })
  await signOutEverywhere(tx, id)
  const changed = [
    ...given.map(([name]) => name),
    ...(emailVerifiedAt === waiting.emailVerifiedAt ? [] : ['emailVerifiedAt']),
  ]
  const events = [
    { type: 'user.updated', scope: { userId: id }, target: { type: 'user', id }, data: { changed } },
  ] as const
  return { user: { ...waiting, ...set }, events: changed.length === 0 ? [] : events, personal: [] }
}

/** An account was made for the address in the same moment: its owner signs in, like any other. */
function refuseKnownAddress(error: unknown): never {
  throw isStorageError(error) && error.constraint === 'user.email' ? unauthenticated() : error
}
