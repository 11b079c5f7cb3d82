import type { Position } from '../model/page.js'

export interface PurgeReads {
  /**
   * The tenants that were deleted at `deletedBefore` or earlier, earliest deletion first, then by id (bytes), behind the
   * position, which is `deletedAt` and id.
   *
   * MUST list those only, up to `limit` [purge-list-due].
   */
  listDue(query: {
    readonly deletedBefore: number
    readonly limit: number
    readonly after?: Position | undefined
  }): Promise<readonly DueTenant[]>
}

export interface DueTenant {
  readonly id: string
  readonly ownerId: string
  readonly deletedAt: number
}

/** Removes a deleted tenant for good, step by step. It is not there any more once {@link PurgeRepository.complete} is through. */
export interface PurgeRepository extends PurgeReads {
  /**
   * Marks a tenant that was deleted at `deletedBefore` or earlier.
   *
   * - MUST answer `true`, also when it is marked already, and keep it from ever leaving its status [purge-begin].
   * - MUST answer `false` and change nothing for any other tenant [purge-begin-guard].
   *
   * Where a row of a table of the host keeps the tenant, or a member of it, the adapter rejects with a `conflict` without a
   * constraint and names the table: a purge that stops half-way would leave a tenant that nobody can restore. The contract
   * has no tables of a host, so the adapter's own tests verify this.
   */
  begin(change: { readonly tenantId: string; readonly deletedBefore: number; readonly at: number }): Promise<boolean>

  /**
   * Removes rows of a marked tenant: everything but itself, its owner's membership and its last event.
   *
   * - MUST remove at most `limit` rows, also where it removes what belongs to them, and answer how many [purge-remove].
   * - MUST answer 0 once nothing more is left [purge-remove-all].
   * - MUST touch no row of another tenant, and none of a tenant that is not marked [purge-remove-guard].
   */
  deleteBatch(query: { readonly tenantId: string; readonly limit: number }): Promise<number>

  /**
   * - MUST remove what is left of a marked tenant of which nothing else is left, so that its slug is free, and answer
   *   whether it did [purge-complete].
   */
  complete(tenantId: string): Promise<boolean>
}
