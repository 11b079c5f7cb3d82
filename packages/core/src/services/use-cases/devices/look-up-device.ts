import { z } from 'zod'
import { isSystem, userIdOf } from '../../pipeline/actor.js'
import type { Scope } from '../../pipeline/command.js'
import { globalQuery } from '../../pipeline/query.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { consumeRateLimit } from '../../steps/rate-limits/consume-rate-limit.js'
import { refuseSpent } from '../../steps/rate-limits/refuse-consumed.js'
import { countDeviceGuess } from '../../steps/devices/count-device-guess.js'
import { hashUserCode, UserCode } from '../../steps/devices/user-code.js'

const ALL_GUESTS = 'guests'

const input = z.strictObject({ userCode: UserCode })

/**
 * Which device waits under a user's code, and where and when it asked; `null` when none does.
 * Limited per account and per network address. Wrong codes of all guests together are limited, too: while there are too
 * many, whoever signs in still looks up theirs.
 */
export async function lookUpDevice(scope: Scope, raw: z.input<typeof input>) {
  const given = parseInput(input, raw)
  const { context, actor } = scope
  await countDeviceGuess(scope, 'devices.lookUp()')
  if (userIdOf(actor) !== null || isSystem(actor)) return lookUp(scope, given)
  await refuseSpent(context, 'deviceMissByGuests', ALL_GUESTS)
  const found = await lookUp(scope, given)
  if (found === null) await consumeRateLimit(context, 'deviceMissByGuests', ALL_GUESTS)
  return found
}

const lookUp = globalQuery({
  input,
  who: 'anyone',
  async run({ context, read }, { userCode }) {
    const found = await read.deviceAuthorizations.findByUserCode(hashUserCode(userCode))
    const askedAt = context.clock()
    if (found?.status !== 'pending' || found.expiresAt <= askedAt) return null
    const { clientId, label, network, createdAt: startedAt, expiresAt } = found
    return { clientId, label, network, startedAt, askedAt, expiresAt }
  },
})
