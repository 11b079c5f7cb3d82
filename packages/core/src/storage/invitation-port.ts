import type { Invitation, InvitationStatus } from '../model/invitation.js'
import type { PageRequest } from '../model/page.js'

export interface InvitationFilter {
  readonly tenantId: string
  readonly status?: InvitationStatus | undefined
}

export interface InvitationKey {
  readonly tenantId: string
  readonly id: string
}

/**
 * The hashes of an invitation's tokens: of the one that only the mail holds, and of the one that the inviter saw. `null`
 * where there is none.
 */
export interface InvitationTokens {
  readonly mailed: string | null
  readonly revealed: string | null
}

/** An invitation, and by which of its tokens it was found. */
export interface LocatedInvitation extends InvitationKey {
  readonly by: keyof InvitationTokens
}

export interface InvitationReads {
  /** MUST answer the invitation in this tenant only, `null` when there is none [invitation-find]. */
  find(key: InvitationKey): Promise<Invitation | null>

  /**
   * Which invitation a token opens.
   *
   * - MUST answer by the hashes it has now, `null` for any other [invitation-locate].
   * - MUST say which of its tokens it was, `revealed` where it is both [invitation-locate-by].
   */
  locate(tokenHash: string): Promise<LocatedInvitation | null>

  /** MUST answer the pending invitation of this address in this tenant, expired or not, else `null` [invitation-find-pending]. */
  findPending(query: { readonly tenantId: string; readonly emailKey: string }): Promise<Invitation | null>

  /**
   * The invitations of all tenants to one address, newest first, then by id descending (bytes).
   *
   * MUST list those that are pending and expire after `now`, at most `limit` of them [invitation-list-open-to].
   */
  listOpenTo(query: {
    readonly emailKey: string
    readonly now: number
    readonly limit: number
  }): Promise<readonly Invitation[]>

  /**
   * When a mailbox last declined an invitation of this tenant. A mailbox is the key of an address without a plus tag.
   *
   * - MUST answer the latest, `null` when never [invitation-last-declined].
   * - MUST look at the mailbox's address and at those with a plus tag, and at no other [invitation-last-declined-mailbox].
   */
  lastDeclinedAt(query: { readonly tenantId: string; readonly mailbox: string }): Promise<number | null>

  /**
   * Invitations of one tenant, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * - MUST list one tenant's only, narrowed by status when given [invitation-list].
   * - MUST answer pages without gap or repetition, by position and by offset alike [invitation-list-pages].
   */
  list(query: InvitationFilter & { readonly page: PageRequest }): Promise<readonly Invitation[]>

  /** MUST count what {@link list} lists [invitation-count]. */
  count(filter: InvitationFilter): Promise<number>

  /**
   * - MUST count the pending ones that expire after `now` [invitation-count-open].
   * - MUST count those to `role` only when it is given [invitation-count-open-role].
   */
  countOpen(query: {
    readonly tenantId: string
    readonly now: number
    readonly role?: string | undefined
  }): Promise<number>
}

export interface InvitationRepository extends InvitationReads {
  /**
   * - MUST keep every field as given [invitation-insert].
   * - MUST refuse a second pending one for the same tenant and address (`invitation.pending`) [invitation-insert-pending]
   *   and a token hash that another invitation has for a token of the same kind (`invitation.token`)
   *   [invitation-insert-token].
   */
  insert(invitation: Invitation, tokens: InvitationTokens): Promise<void>

  /**
   * Gives a pending invitation new tokens, and the other fields anew.
   *
   * - MUST replace both tokens, so that the earlier ones open nothing [invitation-renew].
   * - MUST answer `false` and change nothing when it is not pending [invitation-renew-guard].
   */
  renew(
    change: InvitationKey &
      Pick<Invitation, 'role' | 'inviterId' | 'language' | 'expiresAt'> & { readonly tokens: InvitationTokens },
  ): Promise<boolean>

  /**
   * Ends a pending invitation.
   *
   * - MUST set status and `resolvedAt`, and make its tokens open nothing [invitation-settle].
   * - MUST answer `false` and change nothing when it is not pending [invitation-settle-guard].
   */
  resolve(
    change: InvitationKey & { readonly status: Exclude<InvitationStatus, 'pending'>; readonly at: number },
  ): Promise<boolean>

  /**
   * Revokes every pending invitation that one user sent in one tenant.
   *
   * MUST answer the ids of those it revoked, and touch no other's [invitation-revoke-by-inviter].
   */
  revokeByInviter(change: {
    readonly tenantId: string
    readonly inviterId: string
    readonly at: number
  }): Promise<readonly string[]>
}
