import type { DecisionFacts } from '@tenantry/core'
import fc from 'fast-check'
import { anyMembership } from './any-membership.js'
import { anyTenantStatus, anyUserStatus } from './any-status.js'
import type { PermissionRules } from './permission-rules.js'
import { TENANT_ONE } from './tenant-one.js'

/**
 * Everything a decision about `user-1` in `tenant-1` turns on: tenant, user, a membership or none, and a place in the
 * tenant's organization or none.
 *
 * @example
 * fc.assert(
 *   fc.property(anySubject({ resources, roles }), anyPermission({ resources }), (facts, permission) => {
 *     const access = accessOf(policy, facts)
 *     return access.can(permission) === access.explain(permission).allowed
 *   }),
 * )
 */
export function anySubject(rules: PermissionRules): fc.Arbitrary<DecisionFacts> {
  return fc.record({
    // The first to be given up, so that a case shrinks to a plain member.
    organizationMembership: anyOffice(),
    tenant: anyTenantStatus().map((status) => ({ ...TENANT_ONE, status })),
    user: fc.record({ id: fc.constant('user-1'), status: anyUserStatus() }),
    membership: fc.option(anyMembership(rules), { freq: 8 }),
  })
}

/** A place in the organization, in one of four, and mostly that of one who runs it. */
function anyOffice(): fc.Arbitrary<NonNullable<DecisionFacts['organizationMembership']> | null> {
  const office = { organizationId: 'organization-1', userId: 'user-1', active: true, admin: true }
  const lesser = [
    { ...office, admin: false },
    { ...office, active: false },
  ]
  return fc.constantFrom(...Array<null>(12).fill(null), office, office, ...lesser)
}
