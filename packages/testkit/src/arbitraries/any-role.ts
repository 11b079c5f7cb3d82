import { compilePolicy } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'
import { withCases } from './with-cases.js'

/**
 * The key of any role there is: of the built-in table, or declared by the host. It shrinks towards the lowest rank.
 *
 * @example
 * fc.assert(fc.property(anyRole({ resources, roles }), (role) => showsAName(role)))
 */
export function anyRole(rules: PermissionRules): fc.Arbitrary<string> {
  const keys = rolesByRank(rules)
  return withCases(fc.constantFrom(...keys), { ordinary: keys })
}

/**
 * The keys of one to three different roles, as one member may hold them.
 *
 * @example
 * fc.assert(fc.property(anyRoles({ resources, roles }), (keys) => accessWith(keys).roles.length === keys.length))
 */
export function anyRoles(rules: PermissionRules): fc.Arbitrary<string[]> {
  const keys = rolesByRank(rules)
  const several = fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 })
  return withCases(several, { ordinary: keys.map((key) => [key]), other: pairsOf(keys) })
}

export function rolesByRank(rules: PermissionRules): readonly string[] {
  const roles = [...compilePolicy(rules).roles.values()].sort((a, b) => a.rank - b.rank)
  return roles.map(({ key }) => key)
}

export function pairsOf(keys: readonly string[]): [string, string][] {
  return keys.flatMap((one, at) => keys.slice(at + 1).map((other): [string, string] => [one, other]))
}
