import { compilePolicy } from '@tenantry/core'
import type { RoleDefinition } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'
import { withCases } from './with-cases.js'

/** A role that a tenant made for itself: names in full, never patterns, and never `unrestricted`. */
export type CustomRole = Required<Omit<RoleDefinition, 'names' | 'unrestricted'>> & { readonly key: string }

/**
 * Any role that a tenant may make for itself: a key that no declared role has, a rank below the admins', and some of the
 * permissions that are not the owner's alone, so never `tenant:transfer`.
 *
 * @example
 * fc.assert(fc.property(anyCustomRole({ resources }), (role) => !role.permissions.includes('tenant:transfer')))
 */
export function anyCustomRole(rules: PermissionRules): fc.Arbitrary<CustomRole> {
  const { permissions, roles, customRoles } = compilePolicy(rules)
  const isGivable = (_: string, bit: number) => ((customRoles.within[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  const givable = permissions.filter(isGivable)
  const plain = { key: freeKey(roles), name: 'Custom role', rank: 0, permissions: [] }
  const random = fc.record({
    key: fc.stringMatching(/^[a-z][a-z0-9_]{0,62}$/).filter((key) => !roles.has(key)),
    name: fc.stringMatching(/^[A-Z][a-z]{0,20}$/),
    rank: fc.integer({ min: 0, max: Math.max(0, customRoles.below - 1) }),
    permissions: fc.subarray(givable),
  })
  return withCases(random, { ordinary: [plain, ...givable.map((name) => ({ ...plain, permissions: [name] }))] })
}

function freeKey(roles: ReadonlyMap<string, unknown>, key = 'own_role'): string {
  return roles.has(key) ? freeKey(roles, `${key}_`) : key
}
