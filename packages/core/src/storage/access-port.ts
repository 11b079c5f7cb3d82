import type { Membership } from '../model/membership.js'
import type { OrganizationMembership } from '../model/organization.js'
import type { TenantRole } from '../model/tenant-role.js'
import type { Tenant } from '../model/tenant.js'
import type { User } from '../model/user.js'

/** Everything a decision about one user in one tenant needs. */
export interface AccessFacts {
  readonly tenant: Tenant
  readonly user: User
  readonly membership: Membership | null
  /** The definitions of those of the membership's roles that the tenant made for itself, in the order of the roles. */
  readonly customRoles: readonly TenantRole[]
  /** What the user is in the tenant's organization; `null` for nobody there, and where the tenant is in none. */
  readonly organizationMembership: OrganizationMembership | null
}

export interface AccessReads {
  /**
   * The facts of one user in one tenant, in one statement.
   *
   * - MUST answer tenant, user and membership as they stand now [access-find].
   * - MUST answer the tenant's custom roles that the membership holds, and none of another tenant's [access-find-own-roles].
   * - MUST answer the user's membership of the tenant's organization, and of no other [access-find-organization].
   * - MUST answer `membership: null` when the user is no member [access-find-outsider].
   * - MUST answer `null` when the tenant or the user does not exist [access-find-absent].
   */
  find(key: { readonly tenantId: string; readonly userId: string }): Promise<AccessFacts | null>
}
