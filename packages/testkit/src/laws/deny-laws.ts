import { BUILT_IN_ROLES } from '@tenantry/core'
import type { DecisionFacts, ResourceFacts, RoleDefinitions } from '@tenantry/core'
import fc from 'fast-check'
import { anyMembership } from '../arbitraries/any-membership.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyResource } from '../arbitraries/any-resource.js'
import { anySubject } from '../arbitraries/any-subject.js'
import { anyUndeclaredPermission } from '../arbitraries/any-undeclared-permission.js'
import { anyHostPermission } from './any-host-permission.js'
import { memberWith } from './facts.js'
import { because, doing, quoted, whoIs } from './in-words.js'
import { namesOf } from './judged.js'
import type { Judged } from './judged.js'
import { lawOfAny } from './law.js'
import type { Law } from './law.js'

/** What is refused, whoever asks. */
export const denyLaws: readonly Law[] = [
  lawOfAny({
    id: 'default-deny',
    sentence: 'what nothing grants is refused',
    cases: ({ rules }) => fc.tuple(anySubject(rules), anyPermission(rules), anyResource()),
    broken(judged, [facts, permission, resource]) {
      if (!judged.accessOf(facts).can(permission, resource) || hasGrounds(judged, facts, permission, resource))
        return null
      const what = doing(judged, permission, resource, facts.user.id)
      return `${whoIs(facts)} may ${what}, though no role, no exception, no office and no ownership grants it`
    },
  }),
  lawOfAny({
    id: 'undeclared-denied',
    sentence: 'what nobody declared is refused, to the owner too',
    cases: ({ rules }) => fc.tuple(anyUndeclaredPermission(rules), fc.boolean(), anyResource()),
    broken({ accessOf }, [name, isGranted, resource]) {
      const owner = memberWith(['owner'], isGranted ? Object.fromEntries([[name, true]]) : {})
      const access = accessOf(owner)
      const isAllowed = access.can(name, resource) || access.explain(name, resource).allowed
      return isAllowed || access.permissions().includes(name) ? `an owner may do ${quoted(name)}` : null
    },
  }),
  lawOfAny({
    id: 'inactive-holds-nothing',
    sentence: 'whoever is not active, or is so in a tenant that is not, holds nothing',
    cases: ({ rules }) => fc.tuple(anyIdle(rules), anyPermission(rules), anyResource()),
    broken(judged, [facts, permission, resource]) {
      const access = judged.accessOf(facts)
      if (!access.can(permission, resource) && access.permissions().length === 0) return null
      return `${whoIs(facts)} may ${doing(judged, permission, resource, facts.user.id)}`
    },
  }),
  lawOfAny({
    id: 'private-stays-private',
    sentence: 'a private resource is its owner’s alone',
    cases: ({ rules }) => fc.tuple(anySubject(rules), anyHostPermission(rules), fc.constantFrom('user-2', null)),
    broken(judged, [facts, permission, ownerId]) {
      const resource = { ownerId, visibility: 'private' } as const
      if (permission === null || !judged.accessOf(facts).can(permission, resource)) return null
      const what = doing(judged, permission, resource, facts.user.id)
      return `${whoIs(facts)} may ${what}, ${because(judged, facts, permission, resource)}`
    },
  }),
  lawOfAny({
    id: 'foreign-resources-refused',
    sentence: 'a resource of another tenant is refused',
    cases: ({ rules }) => fc.tuple(anySubject(rules), anyHostPermission(rules), anyForeignResource()),
    broken(judged, [facts, permission, resource]) {
      if (permission === null || !judged.accessOf(facts).can(permission, resource)) return null
      return `${whoIs(facts)} may do ${permission} on a resource of another tenant`
    },
  }),
  lawOfAny({
    id: 'tenants-apart',
    sentence: 'a membership gives nothing in another tenant',
    cases: ({ rules }) => fc.tuple(anyMembership(rules, { tenantId: 'tenant-2' }), anyPermission(rules), anyResource()),
    broken(judged, [membership, permission, resource]) {
      const facts = { ...memberWith([]), membership }
      if (!judged.accessOf(facts).can(permission, resource)) return null
      return `${whoIs(facts)} of one tenant may ${doing(judged, permission, resource, facts.user.id)} in another`
    },
  }),
]

/** Somebody for whom one thing at least is not as it must be for acting. */
function anyIdle(rules: Judged['rules']): fc.Arbitrary<DecisionFacts> {
  const membership = anyMembership(rules)
  const flaw: fc.Arbitrary<(facts: DecisionFacts) => DecisionFacts> = fc.oneof(
    membership.map((one) => (facts: DecisionFacts) => ({ ...facts, membership: { ...one, active: false } })),
    fc.constantFrom('disabled' as const, 'deleted' as const).map((status) => (facts: DecisionFacts) => {
      return { ...facts, user: { ...facts.user, status } }
    }),
    fc.constantFrom('suspended' as const, 'archived' as const, 'deleted' as const).map((status) => {
      return (facts: DecisionFacts) => ({ ...facts, tenant: { ...facts.tenant, status } })
    }),
    fc.constant((facts: DecisionFacts) => ({ ...facts, membership: null })),
  )
  return fc.tuple(membership, flaw).map(([one, spoil]) => spoil({ ...memberWith([]), membership: one }))
}

/** A resource that neither belongs to the tenant nor is lent to it, whoever owns it. */
function anyForeignResource(): fc.Arbitrary<ResourceFacts> {
  const elsewhere = fc.constantFrom('tenant-2', null)
  return fc.record(
    {
      tenantId: elsewhere,
      sharedTenantId: elsewhere,
      ownerId: fc.constantFrom('user-2', 'user-1'),
      visibility: fc.constantFrom('tenant' as const, 'private' as const),
    },
    { requiredKeys: ['tenantId'] },
  )
}

/** Whether anything that was declared, given or owned speaks for it, told from the words of the declaration. */
function hasGrounds(judged: Judged, facts: DecisionFacts, permission: string, resource?: ResourceFacts): boolean {
  const { rules } = judged
  const definitions: RoleDefinitions = { ...BUILT_IN_ROLES, ...rules.roles }
  const isHosts = namesOf(judged.policy.resources).includes(permission)
  const [noun = '', verb = ''] = permission.split(':')
  const patterns = new Set([permission, `${noun}:*`, ...(isHosts ? [`*:${verb}`, '*:*'] : [])])
  const office = facts.organizationMembership?.active && facts.organizationMembership.admin ? ['admin'] : []
  const byRole = [...(facts.membership?.roles ?? []), ...office].some((key) => {
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined
    return definition?.permissions.some((pattern) => patterns.has(pattern)) || (definition?.full && isHosts)
  })
  const isOwn = resource?.ownerId === facts.user.id
  return byRole || (isHosts && (isOwn || facts.membership?.overrides[permission] === true))
}
