import fc from 'fast-check'
import { anyMembership } from '../arbitraries/any-membership.js'
import { anyRole } from '../arbitraries/any-role.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { namesOf } from './judged.js'
import { NAMES } from './town.js'
import type { Act, Place } from './town.js'

/** A place for everybody but the owner, and one in three without any. */
export function anyPlaces(rules: PermissionRules): fc.Arbitrary<readonly Place[]> {
  const member = anyMembership(rules)
    // Ownership is a fact of the tenant; a second holder of its role cannot be.
    .filter(({ roles }) => !roles.includes('owner'))
    .map(({ roles, overrides, active }) => ({ roles, overrides, active }))
  const others = NAMES.length - 1
  return fc.array(fc.option(member, { freq: 2 }), { minLength: others, maxLength: others })
}

/** What people try on each other and on themselves, in order. */
export function anyActs(rules: PermissionRules): fc.Arbitrary<readonly Act[]> {
  const role = anyRole(rules)
  const names = namesOf(rules.resources)
  const value = fc.constantFrom(true, false, null)
  const override = fc.dictionary(fc.constantFrom(...names, 'tenant:update'), value, {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  })
  const deed: fc.Arbitrary<Act['deed']> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('assign' as const), role }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('invite' as const), role }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('override' as const), overrides: override }) },
    fc.record({ kind: fc.constantFrom('remove' as const, 'deactivate' as const, 'activate' as const) }),
  )
  const person = fc.nat(NAMES.length - 1)
  return fc.array(fc.record({ actor: person, target: person, deed }), { maxLength: 12 })
}
