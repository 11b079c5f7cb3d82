import { compilePolicy } from '@tenantry/core'
import fc from 'fast-check'
import { anyOverrides } from '../arbitraries/any-overrides.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyRole, anyRoles, rolesByRank } from '../arbitraries/any-role.js'
import { ArbitraryWithCases } from '../arbitraries/with-cases.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { AUTHORITY } from './authority.js'
import { memberWith } from './facts.js'
import { namesOf } from './policy-under-test.js'
import type { PolicyUnderTest } from './policy-under-test.js'
import { NAMES, CUSTOM_ROLES } from './scenario.js'
import type { Act, Place } from './scenario.js'

/**
 * A place for everybody but the owner, and one in three without any. Some have authority and are no admin: they may err.
 * Somebody of each role is tried first, beside those they may act on; then the same denied everything, and whoever
 * has authority with the roles of the tenant's own.
 */
export function anyPlaces({ rules, createAccess }: PolicyUnderTest): ArbitraryWithCases<readonly Place[]> {
  const roles = [...compilePolicy(rules).roles.values()].filter(({ key }) => key !== 'owner')
  const leaders = roles.filter(
    ({ key, unrestricted }) => !unrestricted && AUTHORITY.some((one) => createAccess(memberWith([key])).can(one)),
  )
  const mixed = anyRoles(rules).filter((keys) => !keys.includes('owner'))
  const led = leaders.length > 0 ? fc.constantFrom(...leaders.map(({ key }) => [key])) : mixed
  const member = fc.record({
    roles: fc.oneof(
      mixed,
      led,
      fc.constantFrom(...CUSTOM_ROLES).map((key) => [key]),
    ),
    overrides: anyOverrides(rules),
    active: fc.constantFrom(true, true, true, true, true, false),
  })
  const others = NAMES.length - 1
  const random = fc.array(fc.option(member, { freq: 2 }), { minLength: others, maxLength: others })
  const keys = rolesByRank(rules).filter((key) => key !== 'owner')
  const mayGive = keys.filter((key) => AUTHORITY.some((one) => createAccess(memberWith([key])).can(one)))
  const [lowest = 'viewer'] = keys
  const names = namesOf(rules.resources)
  const beside = (first: NonNullable<Place>): readonly Place[] => [
    first,
    { roles: [lowest], overrides: deniedAll(names), active: true },
    { roles: [CUSTOM_ROLES[0]], overrides: {}, active: false },
    null,
  ]
  const holding = (roles: readonly string[], denied: readonly string[] = []) =>
    beside({ roles, overrides: deniedAll(denied), active: true })
  return new ArbitraryWithCases(random, [
    ...keys.map((key) => ({ value: holding([key]), ordinary: true })),
    ...mayGive.map((key) => ({ value: holding([key, ...CUSTOM_ROLES]), ordinary: false })),
    ...keys.map((key) => ({ value: holding([key], names), ordinary: false })),
  ])
}

/** The same for a tenant in which nothing is done: everybody is in it. */
export function anyPlacesElsewhere(underTest: PolicyUnderTest): ArbitraryWithCases<readonly Place[]> {
  const [first] = rolesByRank(underTest.rules)
  const place = { roles: [first ?? 'viewer'], overrides: {}, active: true }
  return new ArbitraryWithCases(anyPlaces(underTest).random, [
    { value: NAMES.slice(1).map(() => place), ordinary: true },
  ])
}

function deniedAll(names: readonly string[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(names.map((name) => [name, false]))
}

/** What people try on each other and on themselves, in order. One act alone is tried first, of each kind with each value. */
export function anyActions(rules: PermissionRules): ArbitraryWithCases<readonly Act[]> {
  const role = fc.oneof({ weight: 3, arbitrary: anyRole(rules) }, fc.constantFrom(...CUSTOM_ROLES))
  const changes = fc.dictionary(role, fc.boolean(), { minKeys: 1, maxKeys: 2, noNullPrototype: true })
  const names = namesOf(rules.resources)
  const value = fc.constantFrom(true, false, null)
  const override = fc.dictionary(fc.constantFrom(...names, 'tenant:update'), value, {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  })
  const action: fc.Arbitrary<Act['action']> = fc.oneof(
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
        role: fc.constantFrom(...CUSTOM_ROLES),
        rank: fc.integer({ min: 0, max: 39 }),
        permissions: fc.uniqueArray(anyPermission(rules), { maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'lift' as const }) },
    fc.record({ kind: fc.constantFrom('remove' as const, 'deactivate' as const, 'activate' as const) }),
  )
  const person = fc.nat(NAMES.length - 1)
  const apt = fc.constantFrom(true, true, true, false)
  const random = fc.array(fc.record({ actor: person, target: person, apt, action }), { maxLength: 12 })
  const cases = [...everyAct(rules)].map((act) => ({ value: [act], ordinary: true }))
  return new ArbitraryWithCases<readonly Act[]>(random, cases)
}

/** The same, of which no two that are tried first are of one kind. */
export function anyKindOfActs(rules: PermissionRules): ArbitraryWithCases<readonly Act[]> {
  const { random, cases } = anyActions(rules)
  const kindOf = ({ value: [act] }: (typeof cases)[number]) => act?.action.kind
  const isFirst = (one: (typeof cases)[number], at: number) =>
    cases.findIndex((other) => kindOf(other) === kindOf(one)) === at
  return new ArbitraryWithCases(random, cases.filter(isFirst))
}

/** Whom the places of the named cases are for, see {@link anyPlaces}: who acts, and on whom. */
const [ACTOR, LOWER, INACTIVE, STRANGER] = [1, 2, 3, 4] as const

function* everyAct(rules: PermissionRules): Generator<Act> {
  const on = (target: number, action: Act['action']): Act => ({ actor: ACTOR, target, apt: false, action })
  for (const role of [...rolesByRank(rules), ...CUSTOM_ROLES]) {
    for (const target of [ACTOR, LOWER]) yield on(target, { kind: 'assign', roles: [role] })
    yield on(LOWER, { kind: 'change', roles: { [role]: true } })
    for (const kind of ['invite', 'add'] as const) yield on(STRANGER, { kind, role })
  }
  for (const name of [...namesOf(rules.resources), 'tenant:update', 'member:assign']) {
    for (const target of [ACTOR, LOWER]) yield on(target, { kind: 'override', overrides: { [name]: true } })
    yield on(LOWER, { kind: 'rewrite', role: CUSTOM_ROLES[0], rank: 5, permissions: [name] })
  }
  yield on(LOWER, { kind: 'rewrite', role: CUSTOM_ROLES[0], rank: 39, permissions: [] })
  for (const target of [ACTOR, LOWER]) yield on(target, { kind: 'lift' })
  for (const target of [0, LOWER, INACTIVE])
    for (const kind of ['remove', 'deactivate', 'activate'] as const) yield on(target, { kind })
}
