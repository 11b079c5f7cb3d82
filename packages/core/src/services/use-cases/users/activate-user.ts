import { z } from 'zod'
import { Language, Password, TimeZone, UserName } from '../../../model/user.js'
import type { Reads } from '../../../storage/port.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { invalidToken } from '../../steps/invitations/open-invitation.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { consumePerNetwork } from '../../steps/rate-limits/consume-per-network.js'
import { countActivation } from '../../steps/rate-limits/count-activation.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { hashActivation } from '../../pipeline/secrets.js'
import { issueAccessToken } from '../../steps/tokens/issue-access-token.js'
import { isMailedTo } from '../../steps/users/activation.js'
import { signOutEverywhere } from '../../steps/users/sign-out-everywhere.js'

const input = z.strictObject({
  token: z.string().max(200),
  password: Password,
  name: UserName.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
})

/**
 * Opens an account that an admin made: gives it its password, proves its address, and signs in. The token comes from the
 * mail, and works until the account has a password. A name that is there already stays when none is given.
 */
export async function activateUser(scope: Scope, raw: z.input<typeof input>) {
  const { password, ...details } = parseInput(input, raw)
  await refuseUnlessOpen(scope, details.token)
  return activate(scope, { ...details, passwordHash: await scope.context.passwords.hash(password) })
}

const activate = globalCommand({
  input: input.omit({ password: true }).extend({ passwordHash: z.string() }),
  who: 'anyone',
  async prepare(scope, { token }) {
    const userId = await locateActivation(scope, token)
    return { locks: { users: [userId] }, scope: { userId }, found: userId }
  },
  async run(step, { token, passwordHash, name, language, timeZone }, userId) {
    const { tx, now } = step
    const found = await findOpen(tx, { userId, token, now })
    if (!found) throw invalidToken()
    const profile = {
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language }),
      ...(timeZone === undefined ? {} : { timeZone }),
    }
    const set = {
      ...profile,
      emailVerifiedAt: found.user.emailVerifiedAt ?? now,
      waitingSince: null,
    }
    await tx.users.update({ id: userId, set })
    await tx.users.setState({ id: userId, set: { lastLoginAt: now } })
    await tx.users.setPasswordHash(userId, passwordHash)
    await signOutEverywhere(tx, userId)
    const issued = await issueAccessToken(step, { userId, label: null, isSignIn: true })
    const changed = ['emailVerifiedAt', ...Object.keys(profile), 'password']
    return {
      result: { user: { ...found.user, ...set }, accessToken: issued.accessToken, token: issued.token },
      events: [{ type: 'user.updated', target: { type: 'user', id: userId }, data: { changed } }, issued.event],
    }
  },
})

/** Only a token that opens an account now is worth the work of hashing a password. */
async function refuseUnlessOpen(scope: Scope, token: string): Promise<void> {
  const { context } = scope
  const userId = await locateActivation(scope, token)
  await countActivation(scope, token)
  const now = context.clock()
  const found = await retryWhenBusy(() => findOpen(context.storage.read, { userId, token, now }), context)
  if (!found) throw invalidToken()
}

/** The account that an activation opens now: it has no password yet, and still the address the token was mailed to. */
async function findOpen(
  reads: Pick<Reads, 'accessTokens' | 'users'>,
  { userId, token, now }: { readonly userId: string; readonly token: string; readonly now: number },
) {
  const found = await reads.accessTokens.findByHash(hashActivation(token))
  if (found?.user.id !== userId || found.user.status !== 'active' || found.token.expiresAt <= now) return null
  const isOpen = (await reads.users.findPasswordHash(userId)) === null && isMailedTo(found.user.emailKey, token)
  return isOpen ? found : null
}

/** Whose activation a token is. Wrong ones are counted against the caller's network address. */
async function locateActivation(scope: Scope, token: string): Promise<string> {
  const { context } = scope
  const { accessTokens } = context.storage.read
  const found = await retryWhenBusy(() => accessTokens.findByHash(hashActivation(token)), context)
  if (found) return found.user.id
  await consumePerNetwork(scope, 'invitationGuess')
  throw invalidToken()
}
