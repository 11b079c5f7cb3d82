import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { ClientId } from '../../../model/access-token.js'
import type { DeviceAuthorization } from '../../../model/device-authorization.js'
import { GUEST } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { invalidToken } from '../../steps/invitations/open-invitation.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { consumeRateLimit } from '../../steps/rate-limits/consume-rate-limit.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { hashToken } from '../../pipeline/secrets.js'
import { issueAccessToken } from '../../steps/tokens/issue-access-token.js'

const input = z.strictObject({ deviceCode: z.string().max(200), clientId: ClientId })

/**
 * A device asks for its token (RFC 8628, 3.4): `authorization_pending` while its user has said nothing, `slow_down` when
 * it asks too often, `access_denied`, `expired_token`, and `invalid_token` for a code that is unknown,
 * another client's, or was exchanged. Once approved it gets a token, once; an earlier one of this device stops.
 */
export async function exchangeDeviceCode(scope: Scope, raw: z.input<typeof input>) {
  const { context, actor } = scope
  const { deviceCode, clientId } = parseInput(input, raw)
  const deviceCodeHash = hashToken(deviceCode)
  const { deviceAuthorizations } = context.storage.read
  const found = await retryWhenBusy(() => deviceAuthorizations.findByDeviceCode(deviceCodeHash), context)
  if (found?.clientId !== clientId) throw invalidToken()
  await consumeRateLimit(context, 'devicePoll', found.id)
  return redeem({ context, actor: { ...GUEST, ip: actor.ip } }, { deviceCodeHash })
}

const redeem = globalCommand({
  input: z.strictObject({ deviceCodeHash: z.string() }),
  who: 'anyone',
  async prepare({ context }, { deviceCodeHash }) {
    const device = await context.storage.read.deviceAuthorizations.findByDeviceCode(deviceCodeHash)
    const userId = device?.userId ?? ''
    return { locks: userId === '' ? {} : { users: [userId] }, scope: { userId }, found: userId }
  },
  async run(step, { deviceCodeHash }, userId) {
    const { tx, now } = step
    const device = await tx.deviceAuthorizations.findByDeviceCode(deviceCodeHash)
    refuseUnlessApproved(device, now)
    // Approved since it was looked for, so its user is not locked: it asks again.
    if (device.userId !== userId) throw pending()
    if (!(await tx.deviceAuthorizations.redeem({ id: device.id, now }))) throw invalidToken()
    const user = await tx.users.find(userId)
    if (user?.status !== 'active') throw denied()
    const { clientId, label } = device
    const { event, ...issued } = await issueAccessToken(step, { userId, clientId, label, isSignIn: false })
    return { result: { ...issued, user }, events: [event] }
  },
})

function refuseUnlessApproved(
  device: DeviceAuthorization | null,
  now: number,
): asserts device is DeviceAuthorization & { readonly status: 'approved' } {
  if (!device || device.status === 'redeemed') throw invalidToken()
  if (device.status === 'denied') throw denied()
  if (device.expiresAt <= now) throw new TenancyError('expired_token', 'The code has expired; begin anew', {})
  if (device.status === 'pending') throw pending()
}

function pending(): TenancyError {
  return new TenancyError('authorization_pending', 'Authorization is pending', {})
}

function denied(): TenancyError {
  return new TenancyError('access_denied', 'The user has refused', {})
}
