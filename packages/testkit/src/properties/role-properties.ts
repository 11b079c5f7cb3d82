import type { AuthorizationInput, Overrides } from '@tenantry/core'
import fc from 'fast-check'
import { anyOverrides } from '../arbitraries/any-overrides.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyRole } from '../arbitraries/any-role.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { casesOf, withCases } from '../arbitraries/with-cases.js'
import { memberWith, OF_THE_TENANT } from './facts.js'
import { because, doing, whoIs, withArticle } from './describe.js'
import { namesOf } from './policy-under-test.js'
import type { PolicyUnderTest } from './policy-under-test.js'
import { propertyOfAny, propertyOfEach } from './policy-property.js'
import type { PolicyProperty } from './policy-property.js'

/** What the roles of a table hold, alone and next to each other. */
export const roleProperties: readonly PolicyProperty[] = [
  propertyOfEach({
    id: 'unrestricted-roles-hold-all',
    sentence: 'an unrestricted role holds everything on the host’s resources, and the owner everything there is',
    cases: (underTest) => [
      ...underTest.policy.permissions.map((permission) => ({ role: 'owner', permission })),
      ...underTest.unrestricted.flatMap((role) =>
        namesOf(underTest.policy.resources).map((permission) => ({ role, permission })),
      ),
    ],
    broken(underTest, { role, permission }) {
      const facts = memberWith([role])
      if (underTest.createAccess(facts).can(permission, OF_THE_TENANT)) return null
      const what = doing(underTest, permission, OF_THE_TENANT, facts.user.id)
      return `${whoIs(facts)} may not ${what}, ${because(underTest, facts, permission, OF_THE_TENANT)}`
    },
  }),
  propertyOfAny({
    id: 'unrestricted-roles-not-restricted',
    sentence: 'no override restricts an unrestricted role',
    cases: ({ rules, unrestricted }) => [anyUnrestrictedMember(rules, unrestricted), anyPermission(rules)],
    broken(underTest, [{ plain, facts }, permission]) {
      const can = (one: typeof facts) => underTest.createAccess(one).can(permission, OF_THE_TENANT)
      if (!can(plain) || can(facts)) return null
      const what = doing(underTest, permission, OF_THE_TENANT, facts.user.id)
      return `${whoIs(facts)} may not ${what}, ${because(underTest, facts, permission, OF_THE_TENANT)}`
    },
  }),
  propertyOfEach({
    id: 'viewers-change-nothing',
    sentence: 'a viewer never changes anything',
    cases: ({ viewers, policy, readingVerbs }) =>
      viewers.flatMap((role) =>
        policy.permissions
          .filter((permission) => !readingVerbs.includes(permission.split(':')[1] ?? ''))
          .map((permission) => ({ role, permission })),
      ),
    broken(underTest, { role, permission }) {
      const facts = memberWith([role])
      for (const resource of [OF_THE_TENANT, { ownerId: null }, undefined]) {
        if (!underTest.createAccess(facts).can(permission, resource)) continue
        const what = doing(underTest, permission, resource, facts.user.id)
        return `${whoIs(facts)} may ${what}, ${because(underTest, facts, permission, resource)}`
      }
      return null
    },
  }),
  propertyOfEach({
    id: 'rank-holds-lower',
    sentence: 'a higher rank holds what a lower one holds',
    cases: (underTest) => pairsByRank(underTest),
    broken(underTest, { higher, lower, permission }) {
      const can = (role: string) => underTest.createAccess(memberWith([role])).can(permission)
      if (!can(lower) || can(higher)) return null
      const notified = (role: string) => `${withArticle(role)} (rank ${underTest.policy.roles.get(role)?.rank ?? 0})`
      return `${notified(higher)} may not do ${permission}, which ${notified(lower)} may`
    },
  }),
]

/** A member with an unrestricted role, alone or beside others, without exceptions and with some. */
interface UnrestrictedMember {
  readonly plain: AuthorizationInput
  readonly facts: AuthorizationInput
}

function anyUnrestrictedMember(
  rules: PermissionRules,
  unrestricted: readonly string[],
): fc.Arbitrary<UnrestrictedMember> {
  const unrestrictedKeys = [...new Set(['owner', ...unrestricted])]
  const keys = casesOf(anyRole(rules), true)
  const overrides = anyOverrides(rules)
  const member = (role: string, others: readonly string[], exceptions: Overrides): UnrestrictedMember => {
    const roles = [...new Set([role, ...others])]
    return { plain: memberWith(roles), facts: memberWith(roles, exceptions) }
  }
  const random = fc
    .tuple(fc.constantFrom(...unrestrictedKeys), fc.array(fc.constantFrom(...keys), { maxLength: 2 }), overrides)
    .map((terms) => member(...terms))
  const named = unrestrictedKeys.flatMap((role) =>
    [[], ...keys.map((key) => [key])].flatMap((others) =>
      casesOf(overrides, false).map((exceptions) => member(role, others, exceptions)),
    ),
  )
  return withCases(random, { ordinary: named })
}

/** Every two roles that are said to be monotone and differ in rank, with every permission. */
function* pairsByRank({ monotone, policy }: PolicyUnderTest) {
  const rank = (key: string) => policy.roles.get(key)?.rank ?? 0
  for (const higher of monotone) {
    for (const lower of monotone.filter((key) => rank(key) < rank(higher))) {
      for (const permission of policy.permissions) yield { higher, lower, permission }
    }
  }
}
