import type { DecisionFacts, Overrides } from '@tenantry/core'
import fc from 'fast-check'
import { anyOverrides } from '../arbitraries/any-overrides.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyRole } from '../arbitraries/any-role.js'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { casesOf, withCases } from '../arbitraries/with-cases.js'
import { memberWith, OF_THE_TENANT } from './facts.js'
import { because, doing, whoIs, withArticle } from './in-words.js'
import { namesOf } from './judged.js'
import type { Judged } from './judged.js'
import { lawOfAny, lawOfEach } from './law.js'
import type { Law } from './law.js'

/** What the roles of a table hold, alone and next to each other. */
export const roleLaws: readonly Law[] = [
  lawOfEach({
    id: 'full-roles-hold-all',
    sentence: 'a full role holds everything on the host’s resources, and the owner everything there is',
    cases: (judged) => [
      ...judged.policy.permissions.map((permission) => ({ role: 'owner', permission })),
      ...judged.full.flatMap((role) => namesOf(judged.policy.resources).map((permission) => ({ role, permission }))),
    ],
    broken(judged, { role, permission }) {
      const facts = memberWith([role])
      if (judged.accessOf(facts).can(permission, OF_THE_TENANT)) return null
      const what = doing(judged, permission, OF_THE_TENANT, facts.user.id)
      return `${whoIs(facts)} may not ${what}, ${because(judged, facts, permission, OF_THE_TENANT)}`
    },
  }),
  lawOfAny({
    id: 'full-roles-unrestricted',
    sentence: 'no exception restricts a full role',
    cases: ({ rules, full }) => [anyFullMember(rules, full), anyPermission(rules)],
    broken(judged, [{ plain, facts }, permission]) {
      const can = (one: typeof facts) => judged.accessOf(one).can(permission, OF_THE_TENANT)
      if (!can(plain) || can(facts)) return null
      const what = doing(judged, permission, OF_THE_TENANT, facts.user.id)
      return `${whoIs(facts)} may not ${what}, ${because(judged, facts, permission, OF_THE_TENANT)}`
    },
  }),
  lawOfEach({
    id: 'viewers-change-nothing',
    sentence: 'a viewer never changes anything',
    cases: ({ viewers, policy, readingVerbs }) =>
      viewers.flatMap((role) =>
        policy.permissions
          .filter((permission) => !readingVerbs.includes(permission.split(':')[1] ?? ''))
          .map((permission) => ({ role, permission })),
      ),
    broken(judged, { role, permission }) {
      const facts = memberWith([role])
      for (const resource of [OF_THE_TENANT, { ownerId: null }, undefined]) {
        if (!judged.accessOf(facts).can(permission, resource)) continue
        const what = doing(judged, permission, resource, facts.user.id)
        return `${whoIs(facts)} may ${what}, ${because(judged, facts, permission, resource)}`
      }
      return null
    },
  }),
  lawOfEach({
    id: 'rank-holds-lower',
    sentence: 'a higher rank holds what a lower one holds',
    cases: (judged) => pairsByRank(judged),
    broken(judged, { higher, lower, permission }) {
      const can = (role: string) => judged.accessOf(memberWith([role])).can(permission)
      if (!can(lower) || can(higher)) return null
      const told = (role: string) => `${withArticle(role)} (rank ${judged.policy.roles.get(role)?.rank ?? 0})`
      return `${told(higher)} may not do ${permission}, which ${told(lower)} may`
    },
  }),
]

/** A member with a full role, alone or beside others, without exceptions and with some. */
interface FullMember {
  readonly plain: DecisionFacts
  readonly facts: DecisionFacts
}

function anyFullMember(rules: PermissionRules, full: readonly string[]): fc.Arbitrary<FullMember> {
  const fulls = [...new Set(['owner', ...full])]
  const keys = casesOf(anyRole(rules), true)
  const overrides = anyOverrides(rules)
  const member = (role: string, others: readonly string[], exceptions: Overrides): FullMember => {
    const roles = [...new Set([role, ...others])]
    return { plain: memberWith(roles), facts: memberWith(roles, exceptions) }
  }
  const random = fc
    .tuple(fc.constantFrom(...fulls), fc.array(fc.constantFrom(...keys), { maxLength: 2 }), overrides)
    .map((terms) => member(...terms))
  const named = fulls.flatMap((role) =>
    [[], ...keys.map((key) => [key])].flatMap((others) =>
      casesOf(overrides, false).map((exceptions) => member(role, others, exceptions)),
    ),
  )
  return withCases(random, { ordinary: named })
}

/** Every two roles that are said to be monotone and differ in rank, with every permission. */
function* pairsByRank({ monotone, policy }: Judged) {
  const rank = (key: string) => policy.roles.get(key)?.rank ?? 0
  for (const higher of monotone) {
    for (const lower of monotone.filter((key) => rank(key) < rank(higher))) {
      for (const permission of policy.permissions) yield { higher, lower, permission }
    }
  }
}
