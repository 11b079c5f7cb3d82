import { compilePolicy } from '@tenantry/core'
import fc from 'fast-check'
import { anyOverrides } from '../arbitraries/any-overrides.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyRole, anyRoles } from '../arbitraries/any-role.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { AUTHORITY } from './authority.js'
import { memberWith } from './facts.js'
import { namesOf } from './judged.js'
import type { Judged } from './judged.js'
import { NAMES, OWN_ROLES } from './town.js'
import type { Act, Place } from './town.js'

/** A place for everybody but the owner, and one in three without any. Some have authority and are no admin: they may err. */
export function anyPlaces({ rules, accessOf }: Judged): fc.Arbitrary<readonly Place[]> {
  const roles = [...compilePolicy(rules).roles.values()].filter(({ key }) => key !== 'owner')
  const leaders = roles.filter(
    ({ key, full }) => !full && AUTHORITY.some((one) => accessOf(memberWith([key])).can(one)),
  )
  const mixed = anyRoles(rules).filter((keys) => !keys.includes('owner'))
  const led = leaders.length > 0 ? fc.constantFrom(...leaders.map(({ key }) => [key])) : mixed
  const member = fc.record({
    roles: fc.oneof(
      mixed,
      led,
      fc.constantFrom(...OWN_ROLES).map((key) => [key]),
    ),
    overrides: anyOverrides(rules),
    active: fc.constantFrom(true, true, true, true, true, false),
  })
  const others = NAMES.length - 1
  return fc.array(fc.option(member, { freq: 2 }), { minLength: others, maxLength: others })
}

/** What people try on each other and on themselves, in order. */
export function anyActs(rules: PermissionRules): fc.Arbitrary<readonly Act[]> {
  const role = fc.oneof({ weight: 3, arbitrary: anyRole(rules) }, fc.constantFrom(...OWN_ROLES))
  const changes = fc.dictionary(role, fc.boolean(), { minKeys: 1, maxKeys: 2, noNullPrototype: true })
  const names = namesOf(rules.resources)
  const value = fc.constantFrom(true, false, null)
  const override = fc.dictionary(fc.constantFrom(...names, 'tenant:update'), value, {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  })
  const deed: fc.Arbitrary<Act['deed']> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('assign' as const),
        roles: fc.uniqueArray(role, { minLength: 1, maxLength: 2 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('invite' as const, 'add' as const), role }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), roles: changes }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('override' as const), overrides: override }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('rewrite' as const),
        role: fc.constantFrom(...OWN_ROLES),
        rank: fc.integer({ min: 0, max: 39 }),
        permissions: fc.uniqueArray(anyPermission(rules), { maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'lift' as const }) },
    fc.record({ kind: fc.constantFrom('remove' as const, 'deactivate' as const, 'activate' as const) }),
  )
  const person = fc.nat(NAMES.length - 1)
  const apt = fc.constantFrom(true, true, true, false)
  return fc.array(fc.record({ actor: person, target: person, apt, deed }), { maxLength: 12 })
}
