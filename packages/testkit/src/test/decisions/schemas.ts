import { createAccess, compilePolicy } from '@tenantry/core'
import type { Access, AuthorizationInput } from '@tenantry/core'
import { referenceDecision, referenceRules } from '../../reference/reference-decision.js'
import type { ReferenceDecision } from '../../reference/reference-decision.js'
import { casesOf, factsOf, resourceOf } from './scenario.js'
import type { Case, Names, Scenario } from './scenario.js'

/** What one way to ask answers to one case: whether it is allowed or, where it says so, why. */
export type Response = string | boolean

/** A way to ask: `can`, `explain`, a filter on a database, or HTTP. */
export interface Way {
  readonly name: string
  /** The answers to all cases of a scenario, in their order; `undefined` where this way cannot ask. */
  ask(scenario: Scenario, names: Names): Promise<readonly (Response | undefined)[]>
}

export function referenceAnswers(scenario: Scenario, names: Names): readonly ReferenceDecision[] {
  const rules = referenceRules(scenario.rules)
  return eachCase(scenario, names, ({ facts, permission, resource }) =>
    referenceDecision(rules, facts, permission, resource),
  )
}

/** What is asked in one case, as every way to ask needs it. */
export function eachCase<Result>(
  scenario: Scenario,
  names: Names,
  decision: (asked: {
    readonly facts: ReturnType<typeof factsOf>
    readonly permission: string
    readonly resource: ReturnType<typeof resourceOf> | undefined
    readonly at: Case
  }) => Result,
): readonly Result[] {
  const facts = scenario.people.map((_, person) => factsOf(scenario, names, person))
  return casesOf(scenario).map((at) => {
    const { permission, notified } = scenario.questions[at.question] ?? { permission: '', notified: null }
    const thing = scenario.things[at.thing]
    const resource = notified && thing ? resourceOf(thing, notified, names) : undefined
    return decision({ facts: facts[at.person] ?? factsOf(scenario, names, at.person), permission, resource, at })
  })
}

export function accessesOf(scenario: Scenario, names: Names): readonly Access[] {
  const policy = compilePolicy(scenario.rules)
  return scenario.people.map((_, person) =>
    createAccess(policy, factsOf(scenario, names, person) satisfies AuthorizationInput),
  )
}

/** The two that need no database. */
export const inMemory: readonly Way[] = [
  {
    name: 'can',
    async ask(scenario, names) {
      const accesses = accessesOf(scenario, names)
      return eachCase(scenario, names, ({ permission, resource, at }) => accesses[at.person]?.can(permission, resource))
    },
  },
  {
    name: 'explain',
    async ask(scenario, names) {
      const accesses = accessesOf(scenario, names)
      return eachCase(scenario, names, ({ permission, resource, at }) => {
        const explained = accesses[at.person]?.explain(permission, resource)
        return explained && (explained.allowed ? explained.rule : explained.reason)
      })
    },
  },
]
