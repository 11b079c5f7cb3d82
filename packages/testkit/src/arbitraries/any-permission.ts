import { compilePolicy } from '@tenantry/core'
import type { PermissionOf, Resources, TenancyPermission } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'
import { withCases } from './with-cases.js'

/**
 * Any permission that is declared, the library's own first. It shrinks towards the first.
 *
 * @throws {TypeError} naming what is wrong with the rules, as all arbitraries over rules do.
 *
 * @example
 * fc.assert(fc.property(anyPermission({ resources }), (permission) => ownersAccess.can(permission)))
 */
export function anyPermission<const Declared extends Resources = Record<never, never>>(
  rules: PermissionRules<Declared>,
): fc.Arbitrary<PermissionOf<Declared> | TenancyPermission> {
  // The policy is compiled from the resources that the type is derived from.
  const names = compilePolicy(rules).permissions as readonly (PermissionOf<Declared> | TenancyPermission)[]
  return withCases(fc.constantFrom(...names), { ordinary: names })
}
