import type { Membership } from '../model/membership.js'
import type { OrganizationMembership } from '../model/organization.js'
import type { Tenant } from '../model/tenant.js'
import type { User } from '../model/user.js'
import { toAccess } from './access.js'
import type { Access } from './access.js'
import { toSubject } from './decide.js'
import { operatorSubject } from './operator-subject.js'
import type { CustomRole } from './custom-role.js'
import type { Policy } from './policy.js'

/** What the access of one user to one tenant turns on. What a storage's `access.find` answers is such a thing. */
export interface AuthorizationInput {
  readonly tenant: Tenant
  readonly user: Pick<User, 'id' | 'status'>
  /** `null` for whoever is no member. */
  readonly membership: Pick<Membership, 'tenantId' | 'userId' | 'roles' | 'active' | 'overrides'> | null
  /** Those of the membership's roles that the tenant made for itself; default none. */
  readonly customRoles?: readonly CustomRole[]
  /** What the user is in the tenant's organization; default nobody. */
  readonly organizationMembership?:
    Pick<OrganizationMembership, 'organizationId' | 'userId' | 'active' | 'admin'> | null | undefined
  /** Whether the user acts as an operator of the installation; no membership plays a part then. Default `false`. */
  readonly operator?: boolean
}

/**
 * The access that facts give, asked of no storage: for tests of a host's rules, and for what-if questions. It decides as
 * `tenancy.as(…).in(…).access()` does, but refuses every question where that refuses to answer, such as for an archived
 * tenant. A membership of another tenant, or of another user, counts as none.
 *
 * @example
 * const policy = compilePolicy({ resources: { invoice: ['read', 'approve'] } })
 * const access = createAccess(policy, { tenant, user, membership: { ...membership, roles: ['viewer'] } })
 * access.can('invoice:approve') // false
 */
export function createAccess<Permission extends string = string>(
  policy: Policy,
  facts: AuthorizationInput,
): Access<Permission> {
  const { tenant, user, membership, customRoles = [], organizationMembership: above = null, operator = false } = facts
  if (operator) return toAccess(policy, tenant, operatorSubject(policy, { tenant, user }))
  const isTheirs = membership?.tenantId === tenant.id && membership.userId === user.id
  const isAbove = above !== null && above.organizationId === tenant.organizationId && above.userId === user.id
  const theirs = {
    membership: isTheirs ? membership : null,
    organizationMembership: isAbove ? above : null,
  }
  return toAccess(policy, tenant, toSubject(policy, { tenant, user, customRoles, ...theirs }))
}
