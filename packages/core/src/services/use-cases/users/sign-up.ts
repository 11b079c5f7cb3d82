import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { NewEmailInput } from '../../../model/email.js'
import { Id } from '../../../model/id.js'
import { Language, Password, TimeZone, UserName } from '../../../model/user.js'
import { GUEST } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { consumePerNetwork } from '../../steps/rate-limits/consume-per-network.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { openPersonalTenant } from '../../steps/tenants/open-personal-tenant.js'
import { issueAccessToken } from '../../steps/tokens/issue-access-token.js'
import { refuseWithinHost } from '../../pipeline/within-host.js'
import { newUser, refuseTakenEmail } from '../../steps/users/new-user.js'
import { unavailableEmail } from '../../steps/users/refuse-taken-address.js'

const fields = {
  email: NewEmailInput,
  name: UserName.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
}
const input = z.strictObject({ ...fields, password: Password })

/**
 * Opens an account of one's own and signs in, where the host says `signUp: true`. The address is not proven by that.
 * Accounts are limited per network address.
 */
export async function signUp(scope: Scope, raw: z.input<typeof input>) {
  const { context, actor } = scope
  refuseWithinHost(context, 'users.signUp()')
  const { password, ...details } = parseInput(input, raw)
  if (!context.allowSignUp) throw new TenancyError('forbidden', 'Self-service sign-up is disabled', {})
  await consumePerNetwork(scope, 'signUpPerIp')
  const known = await retryWhenBusy(() => context.storage.read.users.findByEmailKey(details.email.emailKey))
  if (known) throw unavailableEmail()
  const passwordHash = await context.passwords.hash(password)
  return open({ context, actor: { ...GUEST, ip: actor.ip } }, { ...details, id: context.newId(), passwordHash })
}

const open = globalCommand({
  input: z.strictObject({
    ...fields,
    id: Id,
    email: z.object({ email: z.string(), emailKey: z.string() }),
    passwordHash: z.string(),
  }),
  who: 'anyone',
  prepare: async (_, { id }) => ({ locks: { users: [id] }, scope: { userId: id }, found: null }),
  async run(step, { email, passwordHash, ...details }) {
    const { tx, now } = step
    const user = newUser({ ...details, ...email, emailVerifiedAt: null, now })
    await tx.users.insert(user).catch(refuseTakenEmail)
    await tx.users.setPasswordHash(user.id, passwordHash)
    const personal = await openPersonalTenant(step, user)
    const { accessToken, token, event } = await issueAccessToken(step, { userId: user.id, label: null, isSignIn: true })
    const target = { type: 'user', id: user.id } as const
    return {
      result: { user, accessToken, token },
      events: [{ type: 'user.created', target, data: { superuser: false } }, event, ...personal],
    }
  },
})
