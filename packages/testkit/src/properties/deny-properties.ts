import { BUILT_IN_ROLES } from '@tenantry/core'
import type { AuthorizationInput, ResourceDefinition, ResourceAttributes, RoleDefinitions } from '@tenantry/core'
import fc from 'fast-check'
import { anyMembership } from '../arbitraries/any-membership.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyResource } from '../arbitraries/any-resource.js'
import { anySubject } from '../arbitraries/any-subject.js'
import { TENANT_ENDS, USER_ENDS } from '../arbitraries/any-status.js'
import { anyUndeclaredPermission } from '../arbitraries/any-undeclared-permission.js'
import { casesOf, withCases } from '../arbitraries/with-cases.js'
import { anyHostPermission } from './any-host-permission.js'
import { memberWith } from './facts.js'
import { because, doing, quoted, whoIs } from './describe.js'
import { verbsOf } from './policy-under-test.js'
import type { PolicyUnderTest } from './policy-under-test.js'
import { propertyOfAny } from './policy-property.js'
import type { PolicyProperty } from './policy-property.js'

/** What is refused, whoever asks. */
export const denyProperties: readonly PolicyProperty[] = [
  propertyOfAny({
    id: 'default-deny',
    sentence: 'what nothing grants is refused',
    cases: ({ rules }) => [anySubject(rules), anyPermission(rules), anyResource()],
    broken(underTest, [facts, permission, resource]) {
      if (
        !underTest.createAccess(facts).can(permission, resource) ||
        hasGrounds(underTest, facts, permission, resource)
      )
        return null
      const what = doing(underTest, permission, resource, facts.user.id)
      return `${whoIs(facts)} may ${what}, though no role, no exception, no office and no ownership grants it`
    },
  }),
  propertyOfAny({
    id: 'undeclared-denied',
    sentence: 'what nobody declared is refused, to the owner too',
    cases: ({ rules }) => [
      anyUndeclaredPermission(rules),
      withCases(fc.boolean(), { ordinary: [false, true] }),
      anyResource(),
    ],
    broken({ createAccess }, [name, isGranted, resource]) {
      const owner = memberWith(['owner'], isGranted ? Object.fromEntries([[name, true]]) : {})
      const access = createAccess(owner)
      const isAllowed = access.can(name, resource) || access.explain(name, resource).allowed
      return isAllowed || access.permissions().includes(name) ? `an owner may do ${quoted(name)}` : null
    },
  }),
  propertyOfAny({
    id: 'inactive-holds-nothing',
    sentence: 'whoever is not active, or is so in a tenant that is not, holds nothing',
    cases: ({ rules }) => [anyIdle(rules), anyPermission(rules), anyResource()],
    broken(underTest, [facts, permission, resource]) {
      const access = underTest.createAccess(facts)
      if (!access.can(permission, resource) && access.permissions().length === 0) return null
      return `${whoIs(facts)} may ${doing(underTest, permission, resource, facts.user.id)}`
    },
  }),
  propertyOfAny({
    id: 'private-stays-private',
    sentence: 'a private resource is its owner’s alone',
    cases: ({ rules }) => [anySubject(rules), anyHostPermission(rules), anyStranger()],
    broken(underTest, [facts, permission, ownerId]) {
      const resource = { ownerId, visibility: 'private' } as const
      if (permission === null || !underTest.createAccess(facts).can(permission, resource)) return null
      const what = doing(underTest, permission, resource, facts.user.id)
      return `${whoIs(facts)} may ${what}, ${because(underTest, facts, permission, resource)}`
    },
  }),
  propertyOfAny({
    id: 'foreign-resources-refused',
    sentence: 'a resource of another tenant is refused',
    cases: ({ rules }) => [anySubject(rules), anyHostPermission(rules), anyForeignResource()],
    broken(underTest, [facts, permission, resource]) {
      if (permission === null || !underTest.createAccess(facts).can(permission, resource)) return null
      return `${whoIs(facts)} may do ${permission} on a resource of another tenant`
    },
  }),
  propertyOfAny({
    id: 'tenants-apart',
    sentence: 'a membership gives nothing in another tenant',
    cases: ({ rules }) => [anyMemberElsewhere(rules), anyPermission(rules), anyResource()],
    broken(underTest, [facts, permission, resource]) {
      if (!underTest.createAccess(facts).can(permission, resource)) return null
      return `${whoIs(facts)} of one tenant may ${doing(underTest, permission, resource, facts.user.id)} in another`
    },
  }),
]

/** Somebody else, or nobody. */
function anyStranger(): fc.Arbitrary<string | null> {
  return withCases<string | null>(fc.constantFrom('user-2', null), { ordinary: ['user-2', null] })
}

/** Facts about one tenant with a membership of another. */
function anyMemberElsewhere(rules: PolicyUnderTest['rules']): fc.Arbitrary<AuthorizationInput> {
  return anyMembership(rules, { tenantId: 'tenant-2' }).map(holding)
}

type Flaw = (facts: AuthorizationInput) => AuthorizationInput

/** Somebody for whom one thing at least is not as it must be for acting. */
function anyIdle(rules: PolicyUnderTest['rules']): fc.Arbitrary<AuthorizationInput> {
  const flaws: readonly Flaw[] = [
    (facts) => ({ ...facts, membership: facts.membership && { ...facts.membership, active: false } }),
    ...USER_ENDS.map((status): Flaw => (facts) => ({ ...facts, user: { ...facts.user, status } })),
    ...TENANT_ENDS.map((status): Flaw => (facts) => ({ ...facts, tenant: { ...facts.tenant, status } })),
    (facts) => ({ ...facts, membership: null }),
  ]
  const memberships = anyMembership(rules).filter(({ active }) => active)
  const random = fc.tuple(memberships, fc.constantFrom(...flaws)).map(([one, spoil]) => spoil(holding(one)))
  const spoilt = (ordinary: boolean) =>
    casesOf(memberships, ordinary).flatMap((one) => flaws.map((spoil) => spoil(holding(one))))
  return withCases(random, { ordinary: spoilt(true), other: spoilt(false) })
}

function holding(membership: AuthorizationInput['membership']): AuthorizationInput {
  return { ...memberWith([]), membership }
}

/** A resource that neither belongs to the tenant nor is shared with it, whoever owns it. */
function anyForeignResource(): fc.Arbitrary<ResourceAttributes> {
  const elsewhere = fc.constantFrom('tenant-2', null)
  const random = fc.record(
    {
      tenantId: elsewhere,
      sharedTenantId: elsewhere,
      ownerId: fc.constantFrom('user-2', 'user-1'),
      visibility: fc.constantFrom('tenant' as const, 'private' as const),
    },
    { requiredKeys: ['tenantId'] },
  )
  const ordinary = ['user-2', 'user-1'].map((ownerId) => ({ tenantId: 'tenant-2', ownerId }))
  const other = ordinary.flatMap((one) => [
    ...[
      { ...one, tenantId: null },
      { ...one, visibility: 'private' as const },
    ],
    ...[
      { ...one, visibility: 'tenant' as const },
      { ...one, sharedTenantId: 'tenant-2' },
    ],
  ])
  return withCases<ResourceAttributes>(random, { ordinary, other })
}

/** Whether anything that was declared, given or owned speaks for it, told from the words of the declaration. */
function hasGrounds(
  underTest: PolicyUnderTest,
  facts: AuthorizationInput,
  permission: string,
  resource?: ResourceAttributes,
): boolean {
  const { roles = {}, resources = {} } = underTest.rules
  const [noun = '', verb = ''] = permission.split(':')
  const declared = Object.hasOwn(resources, noun) ? resources[noun] : undefined
  const isHosts = declared !== undefined && verbsOf(declared).includes(verb)
  const definition: Partial<ResourceDefinition> = declared && 'verbs' in declared ? declared : {}
  const { owner = ['read', 'update', 'delete'], allowWildcards = true } = definition
  const patterns = [permission, `${noun}:*`, ...(isHosts && allowWildcards ? [`*:${verb}`, '*:*'] : [])]
  const organizationMembership =
    facts.organizationMembership?.active && facts.organizationMembership.admin ? ['admin'] : []
  const roleMask = [...(facts.membership?.roles ?? []), ...organizationMembership].some((key) => {
    const table: RoleDefinitions = Object.hasOwn(roles, key) ? roles : BUILT_IN_ROLES
    const role = Object.hasOwn(table, key) ? table[key] : undefined
    if (role?.unrestricted && isHosts) return true
    return role?.permissions.some((pattern) => patterns.includes(pattern))
  })
  const byOwning = owner.includes(verb) && resource?.ownerId === facts.user.id
  return roleMask || (isHosts && (byOwning || facts.membership?.overrides[permission] === true))
}
