import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { parseEmail } from '../../model/email.js'
import { Id } from '../../model/id.js'
import { GUEST } from '../actor.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { clearRateLimit, consumeRateLimit } from '../rate-limits/consume-rate-limit.js'
import { issueAccessToken } from '../tokens/issue-access-token.js'

const input = z.strictObject({ email: z.string().max(1000), password: z.string().max(1024) })

/**
 * Signs in by email and password and issues a token. Unknown address, wrong password and disabled account answer alike
 * and take as long. Tries are limited per address and per network address.
 */
export async function signIn(scope: Scope, raw: z.input<typeof input>) {
  const { context, actor } = scope
  const { email, password } = parseInput(input, raw)
  const emailKey = parseEmail(email)?.emailKey ?? email
  if (actor.ip !== undefined) await consumeRateLimit(context, 'signInPerIp', actor.ip)
  await consumeRateLimit(context, 'signInPerEmail', emailKey)
  const user = await context.storage.read.users.findByEmailKey(emailKey)
  const hash = user && (await context.storage.read.users.findPasswordHash(user.id))
  const isRight = await context.passwords.verify(password, hash)
  if (!user || !isRight || user.status !== 'active') {
    throw new TenancyError('invalid_credentials', 'Email and password do not fit', {})
  }
  await clearRateLimit(context, 'signInPerEmail', emailKey)
  return startSession({ context, actor: { ...GUEST, ip: actor.ip } }, { userId: user.id })
}

const startSession = directoryCommand({
  input: z.strictObject({ userId: Id }),
  who: 'anyone',
  prepare: async (_, { userId }) => ({ locks: { users: [userId] }, scope: { userId }, found: null }),
  async run(step, { userId }) {
    const user = await step.tx.users.find(userId)
    if (user?.status !== 'active') throw new TenancyError('invalid_credentials', 'Email and password do not fit', {})
    await step.tx.users.update({ id: userId, set: { lastLoginAt: step.now } })
    const { accessToken, token } = await issueAccessToken(step, { userId, label: null })
    return {
      result: { user: { ...user, lastLoginAt: step.now }, accessToken, token },
      events: [{ type: 'user.signed_in', target: { type: 'access_token', id: token.id }, data: {} }],
    }
  },
})
