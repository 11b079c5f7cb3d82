import { z } from 'zod'
import { directoryQuery } from '../query.js'
import type { Scope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { countDeviceGuess } from './count-device-guess.js'
import { hashUserCode, UserCode } from './user-code.js'

const input = z.strictObject({ userCode: UserCode })

/**
 * Which device waits under a user's code, and where and when it asked; `null` when none does.
 * Limited per account and per network address.
 */
export async function lookUpDevice(scope: Scope, raw: z.input<typeof input>) {
  const given = parseInput(input, raw)
  await countDeviceGuess(scope, 'devices.lookUp()')
  return lookUp(scope, given)
}

const lookUp = directoryQuery({
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
