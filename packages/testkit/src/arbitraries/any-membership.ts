import type { Membership } from '@tenantry/core'
import fc from 'fast-check'
import { anyOverrides } from './any-overrides.js'
import { anyRoles } from './any-role.js'
import type { PermissionRules } from './permission-rules.js'

/**
 * Any membership of a user in a tenant: active or, in one of four, not. The ids default to `tenant-1` and `user-1`.
 *
 * @example
 * fc.assert(
 *   fc.property(anyMembership({ resources, roles }), (membership) => {
 *     const access = accessOf(policy, { tenant, user, membership })
 *     return membership.active || access.permissions().length === 0
 *   }),
 * )
 */
export function anyMembership(
  rules: PermissionRules,
  { tenantId = 'tenant-1', userId = 'user-1' }: { readonly tenantId?: string; readonly userId?: string } = {},
): fc.Arbitrary<Membership> {
  return fc.record({
    tenantId: fc.constant(tenantId),
    userId: fc.constant(userId),
    roles: anyRoles(rules),
    active: fc.constantFrom(true, true, true, false),
    overrides: anyOverrides(rules),
    invitedBy: fc.constant(null),
    lastActiveAt: fc.constant(null),
    metadata: fc.constant(null),
    createdAt: fc.constant(0),
  })
}
