import { compilePolicy } from '@tenantry/core'
import type { Overrides } from '@tenantry/core'
import fc from 'fast-check'
import { namesOf } from '../properties/policy-under-test.js'
import type { PermissionRules } from './permission-rules.js'
import { withCases } from './with-cases.js'

/**
 * What one member's permissions may differ in from their roles': up to five of the host's permissions, granted or denied.
 *
 * @example
 * fc.assert(fc.property(anyOverrides({ resources }), (overrides) => accessWith(overrides).can('tenant:read')))
 */
export function anyOverrides(rules: PermissionRules): fc.Arbitrary<Overrides> {
  const names = namesOf(compilePolicy(rules).resources)
  const none = { ordinary: [{}] }
  if (names.length === 0) return withCases(fc.constant({}), none)
  const several = fc.dictionary(fc.constantFrom(...names), fc.boolean(), { maxKeys: 5, noNullPrototype: true })
  return withCases(several, { ...none, other: names.flatMap((name) => [{ [name]: true }, { [name]: false }]) })
}
