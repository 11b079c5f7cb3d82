import type { JoinRequest, JoinRequestStatus } from '../model/join-request.js'
import type { PageRequest } from '../model/page.js'
import type { User } from '../model/user.js'

export interface JoinRequestKey {
  readonly tenantId: string
  readonly id: string
}

export interface JoinRequestFilter {
  readonly tenantId: string
  readonly status?: JoinRequestStatus | undefined
}

/** A join request with the whole account of who made it. */
export interface JoinRequestOfUser extends JoinRequest {
  readonly user: User
}

interface OfOneUser {
  readonly tenantId: string
  readonly userId: string
}

export interface JoinRequestReads {
  /** MUST answer the request in this tenant only, `null` when there is none [join-request-find]. */
  find(key: JoinRequestKey): Promise<JoinRequest | null>

  /** MUST answer the pending request of this user in this tenant, else `null` [join-request-find-pending]. */
  findPending(query: OfOneUser): Promise<JoinRequest | null>

  /** When this tenant last rejected this user. MUST answer the latest, `null` when never [join-request-last-rejected]. */
  lastRejectedAt(query: OfOneUser): Promise<number | null>

  /**
   * Requests to one tenant, newest first, then by id descending (bytes), each with its user. The position is
   * `createdAt` and id.
   *
   * - MUST list one tenant's only, narrowed by status when given [join-request-list].
   * - MUST answer pages without gap or repetition, by position and by offset alike [join-request-list-pages].
   */
  list(query: JoinRequestFilter & { readonly page: PageRequest }): Promise<readonly JoinRequestOfUser[]>

  /** MUST count what {@link list} lists [join-request-count]. */
  count(filter: JoinRequestFilter): Promise<number>

  /** MUST count one user's pending requests to tenants that are not deleted [join-request-count-pending-by-user]. */
  countPendingByUser(userId: string): Promise<number>
}

export interface JoinRequestRepository extends JoinRequestReads {
  /**
   * - MUST keep every field as given [join-request-insert].
   * - MUST refuse a second pending one of the same user in the same tenant (`join_request.pending`)
   *   [join-request-insert-pending].
   */
  insert(request: JoinRequest): Promise<void>

  /**
   * Ends a pending request.
   *
   * - MUST set status, `resolvedAt` and `decidedBy` [join-request-settle].
   * - MUST answer `false` and change nothing when it is not pending [join-request-settle-guard].
   */
  resolve(
    change: JoinRequestKey & {
      readonly status: Exclude<JoinRequestStatus, 'pending'>
      readonly at: number
      readonly decidedBy: string | null
    },
  ): Promise<boolean>

  /** MUST remove every request of one user, in all tenants, and no other's, and answer how many [join-request-delete-by-user]. */
  deleteByUser(userId: string): Promise<number>
}
