import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { parseEmail } from '../../../model/email.js'
import { Id } from '../../../model/id.js'
import { TypedPassword } from '../../../model/user.js'
import { GUEST } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { networkOf } from '../../pipeline/network.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { countSignIn, rememberSignIn } from '../../steps/rate-limits/sign-in-limits.js'
import { issueAccessToken } from '../../steps/tokens/issue-access-token.js'
import { refuseWithinHost } from '../../pipeline/within-host.js'

const input = z.strictObject({ email: z.string().max(1000), password: TypedPassword })

/**
 * Signs in by email and password and issues a token. Unknown address, wrong password and disabled account answer alike
 * and take as long. Tries are limited per network, per account and network, and per account over all networks from which it
 * never signed in: the actor's `ip` is what keeps guesses elsewhere from keeping the owner out.
 */
export async function signIn(scope: Scope, raw: z.input<typeof input>) {
  const { context, actor } = scope
  refuseWithinHost(context, 'users.signIn()')
  const { email, password } = parseInput(input, raw)
  const address = parseEmail(email)
  const { users } = context.storage.read
  // What is no address is nobody's, and may be no text that a database takes.
  const user = address && (await retryWhenBusy(() => users.findByEmailKey(address.emailKey)))
  await countSignIn(scope, { userId: user?.id, typed: address?.emailKey ?? email })
  const hash = user && (await retryWhenBusy(() => users.findPasswordHash(user.id)))
  const isRight = await context.passwords.verify(password, hash)
  if (!user || hash === null || !isRight || user.status !== 'active') throw invalidCredentials()
  return startSession({ context, actor: { ...GUEST, ip: actor.ip } }, { userId: user.id, passwordHash: hash })
}

const startSession = globalCommand({
  input: z.strictObject({ userId: Id, passwordHash: z.string() }),
  who: 'anyone',
  prepare: async (_, { userId }) => ({ locks: { users: [userId] }, scope: { userId }, found: null }),
  async run(step, { userId, passwordHash }) {
    const user = await step.tx.users.find(userId)
    // While the password was compared, it may have been changed, which signs out everywhere: this session included.
    const isCurrent = (await step.tx.users.findPasswordHash(userId)) === passwordHash
    if (user?.status !== 'active' || !isCurrent) throw invalidCredentials()
    await rememberSignIn(step.tx.counters, { userId, network: networkOf(step.actor), now: step.now })
    await step.tx.users.setState({ id: userId, set: { lastLoginAt: step.now } })
    const { accessToken, token } = await issueAccessToken(step, { userId, label: null, isSignIn: true })
    return {
      result: { user, accessToken, token },
      events: [{ type: 'user.signed_in', target: { type: 'access_token', id: token.id }, data: {} }],
    }
  },
})

function invalidCredentials(): TenancyError {
  return new TenancyError('invalid_credentials', 'Invalid email or password', {})
}
