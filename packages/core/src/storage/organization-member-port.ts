import type { Organization, OrganizationMembership } from '../model/organization.js'
import type { PageRequest } from '../model/page.js'
import type { User } from '../model/user.js'

export interface OrganizationMemberKey {
  readonly organizationId: string
  readonly userId: string
}

/** A membership of an organization with the whole account of its holder. */
export interface OrganizationMembershipOfUser extends OrganizationMembership {
  readonly user: User
}

/** An organization seen by one of its members. */
export interface OrganizationOfUser {
  readonly organization: Organization
  readonly membership: OrganizationMembership
}

/** Active admins of an organization who have no active membership of a tenant; this one alone, where named. */
export interface AdminsWithoutMembershipFilter {
  readonly organizationId: string
  readonly tenantId: string
  readonly userId?: string | undefined
}

export interface OrganizationMemberReads {
  /** MUST answer the member with the user, active or not, `null` when there is none [organization-member-find]. */
  find(key: OrganizationMemberKey): Promise<OrganizationMembershipOfUser | null>

  /**
   * Members of one organization, active or not, oldest membership first, then by user id (bytes). The position is the
   * membership's `createdAt` and the user's id.
   *
   * - MUST list one organization's members only [organization-member-list].
   * - MUST answer pages without gap or repetition, by position and by offset alike [organization-member-list-pages].
   */
  list(query: {
    readonly organizationId: string
    readonly page: PageRequest
  }): Promise<readonly OrganizationMembershipOfUser[]>

  /** MUST count what {@link list} lists [organization-member-count]. */
  count(filter: { readonly organizationId: string }): Promise<number>

  /** MUST count the members who are admins and active [organization-member-count-admins]. */
  countAdmins(filter: { readonly organizationId: string }): Promise<number>

  /**
   * Every organization the user is a member of, by organization id (bytes). MUST list all, active or not
   * [organization-member-list-by-user].
   */
  listByUser(userId: string): Promise<readonly OrganizationOfUser[]>

  /**
   * The organization's members who have a membership in the tenant, too, by user id (bytes), whatever organization the
   * tenant is in. MUST list those and nobody else, active or not in either [organization-member-list-in-tenant].
   */
  listInTenant(query: {
    readonly organizationId: string
    readonly tenantId: string
  }): Promise<readonly OrganizationMembership[]>

  /**
   * Those of the organization's active admins with an active account who have no active membership of the tenant, in the
   * order and with the positions of {@link list}.
   *
   * - MUST list whom the filter describes, no others [organization-member-list-outside].
   * - MUST answer pages without gap or repetition, by position and by offset alike
   *   [organization-member-list-outside-pages].
   */
  listAdminsWithoutMembership(
    query: AdminsWithoutMembershipFilter & { readonly page: PageRequest },
  ): Promise<readonly OrganizationMembershipOfUser[]>

  /** MUST count what {@link listAdminsWithoutMembership} lists [organization-member-count-outside]. */
  countAdminsWithoutMembership(filter: AdminsWithoutMembershipFilter): Promise<number>
}

export interface OrganizationMemberRepository extends OrganizationMemberReads {
  /**
   * - MUST keep every field as given [organization-member-insert].
   * - MUST refuse a second one for the same user and organization (`organization_member`)
   *   [organization-member-insert-twice].
   * - MUST refuse an unknown organization or user (`reference`), at once or at the commit
   *   [organization-member-insert-reference].
   */
  insert(membership: OrganizationMembership): Promise<void>

  /** MUST change the named fields only, and answer whether the membership exists [organization-member-update]. */
  update(
    change: OrganizationMemberKey & { readonly set: Partial<Pick<OrganizationMembership, 'active' | 'admin'>> },
  ): Promise<boolean>

  /** MUST remove this one only, and answer whether it existed [organization-member-delete]. */
  delete(key: OrganizationMemberKey): Promise<boolean>
}
