import { accessOf, compilePolicy } from '@tenantry/core'
import type { Access, DecisionFacts } from '@tenantry/core'
import { referenceDecision, referenceRules } from '../../reference/reference-decision.js'
import type { ReferenceDecision } from '../../reference/reference-decision.js'
import { casesOf, factsOf, resourceOf } from './town.js'
import type { Case, Names, Town } from './town.js'

/** What one way to ask answers to one case: whether it is allowed or, where it says so, why. */
export type Answer = string | boolean

/** A way to ask: `can`, `explain`, a filter on a database, or HTTP. */
export interface Way {
  readonly name: string
  /** The answers to all cases of a town, in their order; `undefined` where this way cannot ask. */
  ask(town: Town, names: Names): Promise<readonly (Answer | undefined)[]>
}

export function referenceAnswers(town: Town, names: Names): readonly ReferenceDecision[] {
  const rules = referenceRules(town.rules)
  return eachCase(town, names, ({ facts, permission, resource }) =>
    referenceDecision(rules, facts, permission, resource),
  )
}

/** What is asked in one case, as every way to ask needs it. */
export function eachCase<Result>(
  town: Town,
  names: Names,
  answer: (asked: {
    readonly facts: ReturnType<typeof factsOf>
    readonly permission: string
    readonly resource: ReturnType<typeof resourceOf> | undefined
    readonly at: Case
  }) => Result,
): readonly Result[] {
  const facts = town.people.map((_, person) => factsOf(town, names, person))
  return casesOf(town).map((at) => {
    const { permission, told } = town.questions[at.question] ?? { permission: '', told: null }
    const thing = town.things[at.thing]
    const resource = told && thing ? resourceOf(thing, told, names) : undefined
    return answer({ facts: facts[at.person] ?? factsOf(town, names, at.person), permission, resource, at })
  })
}

export function accessesOf(town: Town, names: Names): readonly Access[] {
  const policy = compilePolicy(town.rules)
  return town.people.map((_, person) => accessOf(policy, factsOf(town, names, person) satisfies DecisionFacts))
}

/** The two that need no database. */
export const inMemory: readonly Way[] = [
  {
    name: 'can',
    async ask(town, names) {
      const accesses = accessesOf(town, names)
      return eachCase(town, names, ({ permission, resource, at }) => accesses[at.person]?.can(permission, resource))
    },
  },
  {
    name: 'explain',
    async ask(town, names) {
      const accesses = accessesOf(town, names)
      return eachCase(town, names, ({ permission, resource, at }) => {
        const explained = accesses[at.person]?.explain(permission, resource)
        return explained && (explained.allowed ? explained.rule : explained.reason)
      })
    },
  },
]
