import type { Tenant } from '../model/tenant.js'
import type { completeTransfer } from '../services/use-cases/ownership/complete-transfer.js'
import type { startTransfer } from '../services/use-cases/ownership/start-transfer.js'
import type { verifyTransfer } from '../services/use-cases/ownership/verify-transfer.js'
import type { InputOf } from './input-of.js'

export interface StartTransferInput extends InputOf<typeof startTransfer> {}
export interface VerifyTransferInput extends InputOf<typeof verifyTransfer> {}
export interface CompleteTransferInput extends InputOf<typeof completeTransfer> {}

/** A started transfer: the token for the second step, and when it expires. */
export interface StartedTransfer extends Awaited<ReturnType<typeof startTransfer>> {}

/** A verified transfer: the token for the last step, and when it expires. */
export interface VerifiedTransfer extends Awaited<ReturnType<typeof verifyTransfer>> {}

/** The transfer of one tenant to another owner, in three steps. Its owner calls them. */
export interface OwnershipClient<Values> {
  /**
   * First step: emails a six-digit code to the owner, and replaces a pending transfer.
   *
   * @throws {TenancyError} `forbidden` for anyone but the owner; `email_limit_exceeded`; `transfer_locked`.
   */
  start(input?: StartTransferInput): Promise<StartedTransfer>
  /**
   * Second step: verifies the code from the email. Every attempt is counted before the code is compared.
   *
   * @throws {TenancyError} `invalid_token` for a wrong token or code; `transfer_locked` after too many attempts.
   */
  verify(input: VerifyTransferInput): Promise<VerifiedTransfer>
  /**
   * Last step: makes an active member the owner. The previous owner becomes an admin; both are notified.
   *
   * @throws {TenancyError} `invalid_token`; `member_not_found`; `self_action_forbidden`.
   */
  complete(input: CompleteTransferInput): Promise<Tenant<Values>>
}
