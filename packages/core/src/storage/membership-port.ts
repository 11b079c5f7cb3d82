import type { PermissionHolders } from '../model/holders.js'
import type { Membership } from '../model/membership.js'
import type { PageRequest } from '../model/page.js'
import type { User } from '../model/user.js'

export type MembershipChanges = Partial<
  Pick<Membership, 'roles' | 'active' | 'overrides' | 'lastActiveAt' | 'metadata'>
>

/**
 * What a list of members is narrowed to. `keyword` is a part of name or email, compared without the case of A to Z; of
 * somebody who was added and has not been active yet, of the name and email they were added as.
 */
export interface MemberFilter {
  readonly tenantId: string
  readonly keyword?: string | undefined
  readonly role?: string | undefined
}

/**
 * Who has a permission in a tenant, among its active members with an active account: the owner of the thing, and those
 * to whom the grants give it. A tenant's custom role stands for its key instead of the host's. Without `overrides`, a role
 * must give it. With them, an unrestricted role gives it, or else what the member's own override says, or else a role.
 * Active admins of an organization that the grants name have it in any case. Grants that name a person give it to nobody
 * else.
 */
export interface HolderFilter extends Pick<PermissionHolders, 'ownerId' | 'grants'> {
  readonly tenantId: string
}

/** A membership with the whole account of its holder. */
export interface MembershipOfUser extends Membership {
  readonly user: User
}

export interface MembershipKey {
  readonly tenantId: string
  readonly userId: string
}

export interface MembershipReads {
  /** MUST answer the member with the user, active or not, `null` when there is none [membership-find]. */
  find(key: MembershipKey): Promise<MembershipOfUser | null>

  /**
   * Members of one tenant, active or not, oldest membership first, then by user id (bytes). The position is the
   * membership's `createdAt` and the user's id.
   *
   * - MUST list one tenant's members only [membership-list].
   * - MUST narrow by `role` (any of the member's) and `keyword`; `%`, `_` and `\` stand for themselves
   *   [membership-list-filter].
   * - MUST narrow by `keyword` to how somebody was added, until they are active [membership-list-unseen].
   * - MUST answer pages without gap or repetition, by position and by offset alike [membership-list-pages].
   */
  list(query: MemberFilter & { readonly page: PageRequest }): Promise<readonly MembershipOfUser[]>

  /** MUST count what {@link list} lists [membership-count]. */
  count(filter: MemberFilter): Promise<number>

  /**
   * Those who have a permission, in the order and with the positions of {@link list}.
   *
   * - MUST list whom the filter describes, no others [membership-list-holders].
   * - MUST answer pages without gap or repetition, by position and by offset alike [membership-list-holders-pages].
   */
  listHolders(query: HolderFilter & { readonly page: PageRequest }): Promise<readonly MembershipOfUser[]>

  /** MUST count what {@link listHolders} lists [membership-count-holders]. */
  countHolders(filter: HolderFilter): Promise<number>

  /** MUST count the tenant's members who are active [membership-count-active]. */
  countActive(tenantId: string): Promise<number>

  /** How many tenants that are not deleted the user is a member of, active or not. MUST count as said [membership-count-by-user]. */
  countByUser(userId: string): Promise<number>

  /**
   * How many people are active members of the organization's tenants that are not deleted. MUST count each person once
   * [membership-count-by-organization].
   */
  countByOrganization(organizationId: string): Promise<number>

  /** MUST answer the ids of those people who are members, active or not, each once, in any order [membership-member-ids]. */
  listMemberIds(query: { readonly tenantId: string; readonly userIds: readonly string[] }): Promise<readonly string[]>

  /** Every tenant the user is a member of, by tenant id (bytes). MUST list all, whatever the statuses [membership-list-by-user]. */
  listByUser(userId: string): Promise<readonly Membership[]>
}

export interface MembershipRepository extends MembershipReads {
  /**
   * - MUST keep every field as given [membership-insert].
   * - MUST refuse a second one for the same user and tenant (`membership`) [membership-insert-twice].
   * - MUST refuse an unknown tenant or user (`reference`), at once or at the commit [membership-insert-reference].
   */
  insert(membership: Membership): Promise<void>

  /** MUST keep and refuse as {@link insert} does, all of them or none [membership-insert-many]. */
  insertMany(memberships: readonly Membership[]): Promise<void>

  /** MUST change the named fields only, and answer whether the membership exists [membership-update]. */
  update(change: MembershipKey & { readonly set: MembershipChanges }): Promise<boolean>

  /**
   * - MUST remove this one only, and answer whether it existed [membership-delete].
   * - MUST remove what the member was told in the tenant with it, and nothing else that anybody was told
   *   [membership-delete-notifications].
   * - MUST reject the commit with `reference` when the user is the tenant's owner by then [membership-delete-owner].
   */
  delete(key: MembershipKey): Promise<boolean>
}
