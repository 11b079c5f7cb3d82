import { z } from 'zod'
import { TypedPassword } from '../../../model/user.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { invalidToken } from '../invitations/open-invitation.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { proveCaller, requireProof } from '../users/prove-caller.js'
import type { CallerProof } from '../users/prove-caller.js'
import { countDeviceGuess } from './count-device-guess.js'
import { hashUserCode, UserCode } from './user-code.js'

const input = z.strictObject({
  userCode: UserCode,
  /** The caller's own. An approval needs it, unless they signed in within the last ten minutes. */
  currentPassword: TypedPassword.optional(),
})

/** The signed-in user's word on a device. Of two words the first counts; the other finds no such code any more. */
export function resolveDevice(status: 'approved' | 'denied', call: string) {
  const resolve = globalCommand({
    input: z.strictObject({ userCode: UserCode, proof: z.custom<CallerProof>() }),
    who: 'user',
    async prepare({ actor }) {
      const userId = requireUserId(actor)
      return { locks: { users: [userId] }, scope: { userId }, found: userId }
    },
    async run(step, { userCode, proof }, userId) {
      const { tx, now } = step
      const device = await tx.deviceAuthorizations.findByUserCode(hashUserCode(userCode))
      if (device?.status !== 'pending' || device.expiresAt <= now) throw invalidToken()
      // Approving a device makes a token.
      if (status === 'approved') await requireProof(step, proof)
      if (!(await tx.deviceAuthorizations.resolve({ id: device.id, status, userId, now }))) throw invalidToken()
      const { id, clientId, label } = device
      const target = { type: 'device_authorization', id } as const
      return {
        result: { clientId, label },
        events: [{ type: `device_authorization.${status}` as const, target, data: { clientId, label } }],
      }
    },
  })
  return async (scope: Scope, raw: z.input<typeof input>) => {
    const { userCode, currentPassword } = parseInput(input, raw)
    requireUserId(scope.actor)
    await countDeviceGuess(scope, call)
    const proof = await proveCaller(scope, { currentPassword, call })
    return resolve(scope, { userCode, proof })
  }
}
