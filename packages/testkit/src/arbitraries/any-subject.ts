import type { DecisionFacts } from '@tenantry/core'
import fc from 'fast-check'
import { anyMembership } from './any-membership.js'
import { anyTenantStatus, anyUserStatus } from './any-status.js'
import type { PermissionRules } from './permission-rules.js'
import { TENANT_ONE } from './tenant-one.js'

/**
 * Everything a decision about `user-1` in `tenant-1` turns on: tenant, user, and a membership or none.
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
    tenant: anyTenantStatus().map((status) => ({ ...TENANT_ONE, status })),
    user: fc.record({ id: fc.constant('user-1'), status: anyUserStatus() }),
    membership: fc.option(anyMembership(rules), { freq: 8 }),
  })
}
