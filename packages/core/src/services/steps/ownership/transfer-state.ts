import type { OwnershipTransfer } from '../../../model/ownership-transfer.js'
import { sameHash, hashToken } from '../../pipeline/secrets.js'

/** Whether a token carries this transfer on: right phase, not expired, and the owner still the one who began it. */
export function carriesOn(
  transfer: OwnershipTransfer | null,
  expected: {
    readonly phase: OwnershipTransfer['phase']
    readonly token: string
    readonly ownerId: string
    readonly now: number
  },
): transfer is OwnershipTransfer {
  return (
    transfer !== null &&
    transfer.phase === expected.phase &&
    transfer.ownerId === expected.ownerId &&
    transfer.expiresAt > expected.now &&
    sameHash(transfer.tokenHash, hashToken(expected.token))
  )
}
