import type { AuthorizationInput } from '@tenantry/core'
import { anyActions, anyKindOfActs, anyPlaces, anyPlacesElsewhere } from './any-actions.js'
import { whoIs } from './describe.js'
import type { PolicyUnderTest } from './policy-under-test.js'
import { propertyOfTraces } from './policy-property.js'
import type { PolicyProperty } from './policy-property.js'
import { createScenario, perform, settleTown, accessesIn } from './scenario.js'
import type { Act, Place, TenantAccesses, Scenario } from './scenario.js'

const NOBODY: readonly Place[] = []

/** What people can do to each other, with the library's own use cases on a storage in memory. */
export const actionProperties: readonly PolicyProperty[] = [
  propertyOfTraces({
    id: 'no-escalation',
    sentence: 'nobody gives what they do not hold, and nobody raises themselves',
    open: createScenario,
    cases: (underTest) => [anyPlaces(underTest), anyActions(underTest.rules)],
    async broken(scenario, [here, acts]) {
      await settleTown(scenario, { here, elsewhere: NOBODY })
      let before = await accessesIn(scenario, scenario.here)
      return tellFirst(scenario, acts, async ({ by }) => {
        const after = await accessesIn(scenario, scenario.here)
        const escalation = findEscalation(scenario, { by, before, after })
        before = after
        return escalation && `. ${escalation}`
      })
    },
  }),
  propertyOfTraces({
    id: 'acts-stay-inside',
    sentence: 'nothing done in one tenant changes another',
    open: createScenario,
    cases: (underTest) => [anyPlaces(underTest), anyPlacesElsewhere(underTest), anyKindOfActs(underTest.rules)],
    async broken(scenario, [here, elsewhere, acts]) {
      await settleTown(scenario, { here, elsewhere })
      const untouched = JSON.stringify(await accessesIn(scenario, scenario.elsewhere))
      return tellFirst(scenario, acts, async () => {
        if (JSON.stringify(await accessesIn(scenario, scenario.elsewhere)) === untouched) return null
        return ', and another tenant has other members or roles'
      })
    },
  }),
]

/** Lets people act one after the other. Answers the story up to what `look` finds wrong, with that; `null` for nothing. */
async function tellFirst(
  scenario: Scenario,
  acts: readonly Act[],
  look: (done: { readonly by: number }) => Promise<string | null>,
): Promise<string | null> {
  const trace: string[] = []
  for (const act of acts) {
    const done = await perform(scenario, act, await accessesIn(scenario, scenario.here))
    if (!done) continue
    trace.push(done.notified)
    const wrong = await look(done)
    if (wrong !== null) return `${trace.join('; then ')}${wrong}`
  }
  return null
}

/** What the act gave that its actor does not hold or, to themselves, did not hold; in words. */
function findEscalation(
  { underTest, people }: Scenario,
  { by, before, after }: { readonly by: number; readonly before: TenantAccesses; readonly after: TenantAccesses },
): string | null {
  const actor = before[by] ?? null
  const held = holdings(underTest, actor)
  const who = `${people[by]?.name ?? ''} is ${actor ? whoIs(actor) : 'no member'}`
  for (const [at, { name }] of people.entries()) {
    // Whoever is made active again gets what was given to them earlier.
    const had = holdings(underTest, awake(before[at] ?? null))
    const has = holdings(underTest, awake(after[at] ?? null))
    const gained = has.permissions.find((permission) => {
      return !had.permissions.includes(permission) && (at === by || !held.permissions.includes(permission))
    })
    if (gained !== undefined) return `${who}, and does not hold ${gained}, which ${name} gains`
    if (has.rank > had.rank && (at === by || has.rank > held.rank)) {
      return `${who}, of rank ${held.rank}, and ${name} now has rank ${has.rank}`
    }
  }
  return null
}

function holdings(underTest: PolicyUnderTest, facts: AuthorizationInput | null) {
  const access = facts && underTest.createAccess(facts)
  return { permissions: access?.permissions() ?? [], rank: access?.rank ?? 0 }
}

function awake(facts: AuthorizationInput | null): AuthorizationInput | null {
  return facts?.membership ? { ...facts, membership: { ...facts.membership, active: true } } : null
}
