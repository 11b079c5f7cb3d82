import { compilePolicy } from '@tenantry/core'
import type { Overrides } from '@tenantry/core'
import fc from 'fast-check'
import type { PermissionRules } from './permission-rules.js'

/**
 * What one member's permissions may differ in from their roles': up to five of the host's permissions, granted or denied.
 *
 * @example
 * fc.assert(fc.property(anyOverrides({ resources }), (overrides) => accessWith(overrides).can('tenant:read')))
 */
export function anyOverrides(rules: PermissionRules): fc.Arbitrary<Overrides> {
  const { resources } = compilePolicy(rules)
  const names = Object.entries(resources).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}:${verb}`))
  if (names.length === 0) return fc.constant({})
  return fc.dictionary(fc.constantFrom(...names), fc.boolean(), { maxKeys: 5, noNullPrototype: true })
}
