import type { OwnershipTransfer } from '../model/ownership-transfer.js'

export interface OwnershipTransferReads {
  /** MUST answer the tenant's transfer, `null` when there is none [transfer-find]. */
  find(tenantId: string): Promise<OwnershipTransfer | null>
}

export interface OwnershipTransferRepository extends OwnershipTransferReads {
  /** MUST make this the tenant's only transfer, in place of any earlier one [transfer-put]. */
  put(transfer: OwnershipTransfer): Promise<void>

  /**
   * Moves a sent transfer on to `verified` with the next token.
   *
   * MUST answer `false` and change nothing unless phase is `sent` and the token's hash is `tokenHash` [transfer-verify].
   */
  verify(change: {
    readonly tenantId: string
    readonly tokenHash: string
    readonly nextTokenHash: string
    readonly expiresAt: number
  }): Promise<boolean>

  /** MUST remove the tenant's transfer and answer whether there was one [transfer-delete]. */
  delete(tenantId: string): Promise<boolean>
}
