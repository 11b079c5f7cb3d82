import type { Resources, RoleDefinition } from '@tenantry/core'
import fc from 'fast-check'
import { anyPermission } from '../../arbitraries/any-permission.js'
import { anyTenantStatus, anyUserStatus } from '../../arbitraries/any-status.js'
import { anyUndeclaredPermission } from '../../arbitraries/any-undeclared-permission.js'
import type { PermissionRules } from '../../arbitraries/permission-rules.js'
import { namesOf } from '../../properties/policy-under-test.js'
import type { Person, Question, Thing, Scenario } from './scenario.js'

const BUILT_IN = ['viewer', 'member', 'admin', 'owner']
const HOSTS = ['clerk', 'auditor', 'editor', 'boss']
const FACTS = ['owner', 'visibility', 'tenant', 'shared'] as const

/** Any rules, any tenant with any people, and questions about things with any facts. */
export function anyScenario(): fc.Arbitrary<Scenario> {
  return anyRules().chain((rules) =>
    fc.record({
      rules: fc.constant(rules),
      tenant: mostly('active', anyTenantStatus()),
      customRoles: anyCustomRoles(rules),
      people: fc.array(anyPerson(rules), { minLength: 1, maxLength: 6, size: 'max' }),
      things: fc.array(anyThing(), { minLength: 1, maxLength: 120, size: 'max' }),
      questions: fc.array(anyQuestion(rules), { minLength: 1, maxLength: 6, size: 'max' }),
    }),
  )
}

/** What is barred is refused before anything else is looked at. */
function mostly<Usual, Other>(usual: Usual, others: fc.Arbitrary<Other>): fc.Arbitrary<Usual | Other> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant<Usual | Other>(usual) }, { weight: 1, arbitrary: others })
}

function anyRules(): fc.Arbitrary<Scenario['rules']> {
  const verbs = (...names: string[]) => fc.subarray(names, { minLength: 1 })
  const resources = fc
    .record(
      {
        invoice: verbs('read', 'create', 'update', 'approve'),
        protocol: verbs('read', 'create', 'update', 'comment'),
        dataset: verbs('read', 'delete', 'index'),
      },
      { requiredKeys: ['invoice'] },
    )
    // Without a prototype it would differ from what a host writes.
    .map((declared) => ({ ...declared }))
  return resources.chain((declared) => {
    const role = anyDefinition(declared)
    return fc.record({
      resources: anyForm(declared),
      roles: fc
        .record({ clerk: role, auditor: role, editor: role, boss: role, viewer: role }, { requiredKeys: [] })
        .map((roles) => ({ ...roles })),
    })
  })
}

/** The same resources, some of which say what owning permits, and whether wildcards reach them. */
function anyForm(declared: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Resources> {
  const rows = Object.entries(declared).map(([name, verbs]) => {
    const options = { owner: fc.subarray([...verbs]), allowWildcards: fc.boolean() }
    const long = fc.record(options, { requiredKeys: [], noNullPrototype: true }).map((more) => ({ verbs, ...more }))
    return fc.oneof(fc.constant(verbs), long).map((form) => [name, form] as const)
  })
  return fc.tuple(...rows).map((forms) => Object.fromEntries(forms))
}

/** A role that any host could declare: names in full and patterns, nothing that is the owner's alone. */
function anyDefinition(resources: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<RoleDefinition> {
  const declared = Object.entries(resources)
  const patterns = [
    ...declared.flatMap(([name, verbs]) => [`${name}:*`, ...verbs.flatMap((verb) => [`${name}:${verb}`, `*:${verb}`])]),
    ...['*:*', 'tenant:read', 'tenant:update', 'tenant:archive', 'member:*', 'event:read', 'role:update'],
  ]
  return fc.record({
    rank: fc.integer({ min: 0, max: 49 }),
    name: fc.constant('A role'),
    unrestricted: fc.constantFrom(false, false, false, true),
    permissions: fc.uniqueArray(fc.constantFrom(...patterns), { maxLength: 4 }),
  })
}

/** Roles of a tenant's own, as a database may hold them: under keys that the host has, too, with names that are gone. */
function anyCustomRoles(rules: PermissionRules): fc.Arbitrary<Scenario['customRoles']> {
  const gone = ['gone:read', 'invoice:*', '*:read']
  const role = fc.record({
    key: fc.constantFrom('lead', 'clerk', 'viewer', 'owner'),
    rank: fc.integer({ min: 0, max: 60 }),
    permissions: fc.uniqueArray(fc.oneof({ weight: 5, arbitrary: anyPermission(rules) }, fc.constantFrom(...gone)), {
      maxLength: 5,
    }),
  })
  return fc.uniqueArray(role, { maxLength: 3, selector: ({ key }) => key })
}

function anyPerson(rules: PermissionRules): fc.Arbitrary<Person> {
  const role = fc.constantFrom(...BUILT_IN, ...HOSTS, 'lead', 'gone', '__proto__')
  const override = fc.oneof({ weight: 6, arbitrary: anyPermission(rules) }, fc.constantFrom('gone:read', 'invoice:*'))
  const membership = fc.record({
    roles: fc.uniqueArray(role, { minLength: 1, maxLength: 3 }),
    active: fc.constantFrom(true, true, true, true, false),
    overrides: fc.dictionary(override, fc.boolean(), { maxKeys: 5, noNullPrototype: true }),
  })
  const organizationMembership = fc.record({
    active: fc.constantFrom(true, true, false),
    admin: fc.constantFrom(true, true, false),
  })
  return fc.record({
    user: mostly('active', anyUserStatus()),
    membership: fc.option(membership, { freq: 8 }),
    organizationMembership: mostly(null, organizationMembership),
    operator: fc.constantFrom(...new Array<boolean>(7).fill(false), true),
  })
}

function anyThing(): fc.Arbitrary<Thing> {
  const place = fc.constantFrom('here' as const, 'here' as const, 'elsewhere' as const)
  return fc.record({
    // The seventh is nobody who is there.
    owner: fc.option(fc.nat(6), { freq: 8 }),
    visibility: fc.constantFrom('tenant', 'tenant', 'private', null, '', 'Tenant'),
    tenant: fc.option(place, { freq: 8 }),
    shared: fc.option(place, { freq: 2 }),
  })
}

function anyQuestion(rules: PermissionRules): fc.Arbitrary<Question> {
  const hosts = namesOf(rules.resources)
  return fc.record({
    permission: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(...hosts) },
      { weight: 2, arbitrary: anyPermission(rules) },
      { weight: 1, arbitrary: anyUndeclaredPermission(rules) },
    ),
    notified: fc.option(fc.subarray([...FACTS]), { freq: 8 }),
  })
}
