import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { ClientId, TokenLabel } from '../../../model/access-token.js'
import { isStorageError } from '../../../storage/storage-error.js'
import { GUEST } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep, Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { networkOf } from '../../pipeline/network.js'
import { consumePerNetwork } from '../../steps/rate-limits/consume-per-network.js'
import { POLL_INTERVAL_MS } from '../../steps/rate-limits/rules.js'
import { hashToken } from '../../pipeline/secrets.js'
import { hashUserCode } from '../../steps/devices/user-code.js'

/** So long a device that asks late is told that its code has expired, and not that there was none. */
const KEPT_MS = 24 * 60 * 60 * 1000
const DRAWS = 5

const input = z.strictObject({
  /** The name the program signs in under. */
  clientId: ClientId,
  /** What the user knows the device by. */
  deviceLabel: TokenLabel,
})

/**
 * A device begins to sign in (RFC 8628, 3.1): it shows its user `userCode`, keeps `deviceCode` to itself, and asks with
 * it at most every `intervalMs`. Both are shown this once. Limited per network address.
 */
export async function startDevice(scope: Scope, raw: z.input<typeof input>) {
  const { context, actor } = scope
  const given = parseInput(input, raw)
  await consumePerNetwork(scope, 'deviceStartPerIp')
  return start({ context, actor: { ...GUEST, ip: actor.ip } }, given)
}

const start = globalCommand({
  input,
  who: 'anyone',
  // It is nobody's yet, so it is in nobody's chain.
  prepare: async () => ({ locks: {}, scope: { userId: '' }, found: null }),
  async run(step, { clientId, deviceLabel }) {
    const { context, tx, now } = step
    await tx.deviceAuthorizations.sweep(now - KEPT_MS)
    const [deviceCode, userCode] = [context.newToken(), await freeUserCode(step)]
    const expiresAt = now + context.lifetimes.deviceAuthorization
    const authorization = {
      id: context.newId(),
      clientId,
      label: deviceLabel,
      status: 'pending',
      userId: null,
      network: networkOf(step.actor),
      createdAt: now,
      expiresAt,
    } as const
    const hashes = { deviceCodeHash: hashToken(deviceCode), userCodeHash: hashUserCode(userCode) }
    await tx.deviceAuthorizations.insert(authorization, hashes).catch(refuseTakenCode)
    return { result: { deviceCode, userCode, startedAt: now, expiresAt, intervalMs: POLL_INTERVAL_MS }, events: [] }
  },
})

/** There are some hundred million codes; the few that are in use are drawn again. */
async function freeUserCode({ context, tx }: GlobalStep): Promise<string> {
  for (let draw = 1; draw <= DRAWS; draw++) {
    const userCode = context.newUserCode()
    if (!(await tx.deviceAuthorizations.findByUserCode(hashUserCode(userCode)))) return userCode
  }
  throw noFreeCode()
}

function refuseTakenCode(error: unknown): never {
  if (isStorageError(error) && error.constraint === 'device_authorization.code') throw noFreeCode(error)
  throw error
}

function noFreeCode(cause?: unknown): TenancyError {
  return new TenancyError('conflict', 'Could not allocate a unique code; try again', {}, { cause })
}
