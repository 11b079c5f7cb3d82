import { createAccess, compilePolicy } from '@tenantry/core'
import type { Membership } from '@tenantry/core'
import fc from 'fast-check'
import { listHolders } from '../properties/describe.js'
import { namesOf } from '../properties/policy-under-test.js'
import { anyOverrides } from './any-overrides.js'
import { anyRoles, pairsOf, rolesByRank } from './any-role.js'
import type { PermissionRules } from './permission-rules.js'
import { TENANT_ONE } from './tenant-one.js'
import { withCases } from './with-cases.js'

/**
 * Any membership of a user in a tenant: active or, in one of six, not. The ids default to `tenant-1` and `user-1`.
 *
 * @example
 * fc.assert(
 *   fc.property(anyMembership({ resources, roles }), (membership) => {
 *     const access = createAccess(policy, { tenant, user, membership })
 *     return membership.active || access.permissions().length === 0
 *   }),
 * )
 */
export function anyMembership(
  rules: PermissionRules,
  { tenantId = 'tenant-1', userId = 'user-1' }: { readonly tenantId?: string; readonly userId?: string } = {},
): fc.Arbitrary<Membership> {
  const unused = { invitedBy: null, lastActiveAt: null, metadata: null, createdAt: 0 }
  const fixed = { tenantId, userId, active: true, overrides: {}, ...unused }
  const random = fc.record({
    tenantId: fc.constant(tenantId),
    userId: fc.constant(userId),
    roles: anyRoles(rules),
    active: fc.constantFrom(true, true, true, true, true, false),
    overrides: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, anyOverrides(rules)),
    invitedBy: fc.constant(null),
    lastActiveAt: fc.constant(null),
    metadata: fc.constant(null),
    createdAt: fc.constant(0),
  })
  const keys = rolesByRank(rules)
  const alone = keys.map((key): Membership => ({ ...fixed, roles: [key] }))
  const inactive = alone.map((one) => ({ ...one, active: false }))
  const pairs = pairsOf(keys).map((roles): Membership => ({ ...fixed, roles }))
  const other = [...inactive, ...pairs, ...overridden(rules, alone)]
  return withCases<Membership>(random, { ordinary: alone, other }, listHolders)
}

/** Each permission denied to whoever holds it by a role and granted to whoever does not; both to the lowest role. */
function* overridden(rules: PermissionRules, alone: readonly Membership[]): Generator<Membership> {
  const policy = compilePolicy(rules)
  for (const [at, membership] of alone.entries()) {
    const { tenantId, userId: id } = membership
    const access = createAccess(policy, {
      tenant: { ...TENANT_ONE, id: tenantId },
      user: { id, status: 'active' },
      membership,
    })
    for (const name of namesOf(policy.resources)) {
      const isHeld = access.can(name)
      yield { ...membership, overrides: { [name]: !isHeld } }
      if (at === 0) yield { ...membership, overrides: { [name]: isHeld } }
    }
  }
}
