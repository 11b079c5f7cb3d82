import { compilePolicy } from '@tenantry/core'
import type { RoleDefinition } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'

/** A tenant's own role ranks below the admin, which stands at 40. */
const HIGHEST_OWN_RANK = 39

/** A role that a tenant made for itself: names in full, never patterns, and never `full`. */
export type OwnRole = Required<Omit<RoleDefinition, 'full'>> & { readonly key: string }

/**
 * Any role that a tenant may make for itself: a key that no declared role has, a rank of 0 to 39, and some of the
 * permissions that can be given, so never `tenant:transfer`.
 *
 * @example
 * fc.assert(fc.property(anyOwnRole({ resources }), (role) => !role.permissions.includes('tenant:transfer')))
 */
export function anyOwnRole(rules: PermissionRules): fc.Arbitrary<OwnRole> {
  const { permissions, roles } = compilePolicy(rules)
  return fc.record({
    key: fc.stringMatching(/^[a-z][a-z0-9_]{0,62}$/).filter((key) => !roles.has(key)),
    name: fc.stringMatching(/^[A-Z][a-z]{0,20}$/),
    rank: fc.integer({ min: 0, max: HIGHEST_OWN_RANK }),
    permissions: fc.subarray(permissions.filter((name) => name !== 'tenant:transfer')),
  })
}
