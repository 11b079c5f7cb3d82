import { compilePolicy } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'

/**
 * The key of any role there is: of the built-in table, or declared by the host. It shrinks towards the lowest rank.
 *
 * @example
 * fc.assert(fc.property(anyRole({ resources, roles }), (role) => showsAName(role)))
 */
export function anyRole(rules: PermissionRules): fc.Arbitrary<string> {
  const roles = [...compilePolicy(rules).roles.values()].sort((a, b) => a.rank - b.rank)
  return fc.constantFrom(...roles.map(({ key }) => key))
}

/**
 * The keys of one to three different roles, as one member may hold them.
 *
 * @example
 * fc.assert(fc.property(anyRoles({ resources, roles }), (keys) => accessWith(keys).roles.length === keys.length))
 */
export function anyRoles(rules: PermissionRules): fc.Arbitrary<string[]> {
  return fc.uniqueArray(anyRole(rules), { minLength: 1, maxLength: 3 })
}
