import type { AuthorizationInput, ResourceAttributes } from '@tenantry/core'
import fc from 'fast-check'
import { anyMembership } from '../arbitraries/any-membership.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyResource } from '../arbitraries/any-resource.js'
import { anyRole } from '../arbitraries/any-role.js'
import { casesOf, withCases } from '../arbitraries/with-cases.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { memberWith, OF_THE_TENANT } from './facts.js'
import { because, doing, quoted, whoIs } from './describe.js'
import { namesOf } from './policy-under-test.js'
import { propertyOfAny } from './policy-property.js'
import type { PolicyProperty } from './policy-property.js'

/** What changes when something is given to a member or taken from one. */
export const changeProperties: readonly PolicyProperty[] = [
  propertyOfAny({
    id: 'grant-never-takes',
    sentence: 'a grant never takes away',
    cases: ({ rules }) => [anyMember(rules), anyGrant(rules), anyPermission(rules), anyPlainResource()],
    broken(underTest, [before, grant, permission, resource]) {
      const after = grant.applied(before)
      const isLost =
        underTest.createAccess(before).can(permission, resource) &&
        !underTest.createAccess(after).can(permission, resource)
      if (!isLost) return null
      const what = doing(underTest, permission, resource, before.user.id)
      const why = because(underTest, after, permission, resource)
      return `${whoIs(before)} may ${what}, and may not any more when ${grant.notified(before)}, ${why}`
    },
  }),
  propertyOfAny({
    id: 'removal-never-gives',
    sentence: 'a removal never gives',
    cases: ({ rules }) => [anyMember(rules), anyRemoval(rules), anyPermission(rules), anyPlainResource()],
    broken(underTest, [before, removal, permission, resource]) {
      const after = removal.applied(before)
      const isWon =
        !underTest.createAccess(before).can(permission, resource) &&
        underTest.createAccess(after).can(permission, resource)
      if (!isWon) return null
      const what = doing(underTest, permission, resource, before.user.id)
      const why = because(underTest, after, permission, resource)
      return `${whoIs(before)} may not ${what}, and may when ${removal.notified(before)}, ${why}`
    },
  }),
]

/** There are many members and changes: of resources, those that differ for a member come first. */
function anyPlainResource(): fc.Arbitrary<ResourceAttributes | undefined> {
  const resources = anyResource()
  const ordinary = [undefined, OF_THE_TENANT, { ownerId: 'user-1', visibility: 'private' as const }]
  return withCases<ResourceAttributes | undefined>(resources, { ordinary, other: casesOf(resources, false) })
}

/** A change to a membership, and how one tells it. */
interface Change {
  notified(facts: AuthorizationInput): string
  applied(facts: AuthorizationInput): AuthorizationInput
}

type Terms = Pick<NonNullable<AuthorizationInput['membership']>, 'roles' | 'overrides'>

function anyMember(rules: PermissionRules): fc.Arbitrary<AuthorizationInput> {
  const memberships = anyMembership(rules).filter(({ active }) => active)
  return memberships.map(({ roles, overrides }) => memberWith(roles, overrides))
}

function anyGrant(rules: PermissionRules): fc.Arbitrary<Change> {
  const roles = casesOf(anyRole(rules), true).map((key) =>
    change(`given the role ${quoted(key)}`, ({ roles, overrides }) => ({
      roles: [...new Set([...roles, key])],
      overrides,
    })),
  )
  const single = namesOf(rules.resources).map((name) =>
    change(`granted ${name}`, ({ roles, overrides }) => ({ roles, overrides: { ...overrides, [name]: true } })),
  )
  return anyOf(roles, single)
}

function anyRemoval(rules: PermissionRules): fc.Arbitrary<Change> {
  const roles = [0, 1, 2].map((at) =>
    change(
      (facts) => `the role ${quoted(facts.membership?.roles[at] ?? 'none')} is taken`,
      ({ roles, overrides }) => ({ roles: roles.filter((_, i) => i !== at), overrides }),
    ),
  )
  const single = namesOf(rules.resources).flatMap((name) => [
    change(`denied ${name}`, ({ roles, overrides }) => ({ roles, overrides: { ...overrides, [name]: false } })),
    change(`a grant of ${name} is taken back`, ({ roles, overrides: { [name]: value, ...others } }) => ({
      roles,
      overrides: value === false ? { ...others, [name]: false } : others,
    })),
  ])
  return anyOf(roles, single)
}

function anyOf(roleMask: readonly Change[], single: readonly Change[]): fc.Arbitrary<Change> {
  const random = fc.constantFrom(...roleMask)
  const either = single.length > 0 ? fc.oneof(random, fc.constantFrom(...single)) : random
  return withCases(either, { ordinary: [...roleMask, ...single] })
}

function change(notified: string | Change['notified'], applied: (terms: Terms) => Terms): Change {
  // The same case is asked about many permissions and resources.
  const known = new WeakMap<AuthorizationInput, AuthorizationInput>()
  return {
    notified: typeof notified === 'string' ? () => notified : notified,
    applied(facts) {
      const { membership } = facts
      const after = known.get(facts) ?? {
        ...facts,
        membership: membership && { ...membership, ...applied(membership) },
      }
      known.set(facts, after)
      return after
    },
  }
}
