import type { DecisionFacts } from '@tenantry/core'
import fc from 'fast-check'
import { anyActs, anyPlaces } from './any-acts.js'
import { whoIs } from './in-words.js'
import type { Judged } from './judged.js'
import { lawOfAny } from './law.js'
import type { Law } from './law.js'
import { openTown, perform, standings, tell } from './town.js'
import type { Act, Town } from './town.js'

/** What people can do to each other, with the library's own use cases on a storage in memory. */
export const actLaws: readonly Law[] = [
  lawOfAny({
    id: 'no-escalation',
    sentence: 'nobody gives what they do not hold, and nobody raises themselves',
    cases: ({ rules }) => fc.tuple(anyPlaces(rules), anyActs(rules)),
    async broken(judged, [here, acts]) {
      const town = await openTown(judged, { here, elsewhere: [] })
      const story: string[] = []
      for (const act of acts) {
        const before = await standings(town, town.here)
        if (!(await perform(town, act))) continue
        const escalation = await findEscalation(town, act, before)
        if (escalation) return [...story, escalation].join('; then ')
        story.push(tell(town, act))
      }
      return null
    },
  }),
  lawOfAny({
    id: 'acts-stay-inside',
    sentence: 'nothing done in one tenant changes another',
    cases: ({ rules }) => fc.tuple(anyPlaces(rules), anyPlaces(rules), anyActs(rules)),
    async broken(judged, [here, elsewhere, acts]) {
      const town = await openTown(judged, { here, elsewhere })
      const before = JSON.stringify(await standings(town, town.elsewhere))
      for (const act of acts) {
        await perform(town, act)
        if (JSON.stringify(await standings(town, town.elsewhere)) === before) continue
        return `${tell(town, act)}, and memberships of another tenant change`
      }
      return null
    },
  }),
]

/** What the act gave that the actor does not hold or, to themselves, did not hold; in words. */
async function findEscalation(town: Town, act: Act, before: readonly (DecisionFacts | null)[]): Promise<string | null> {
  const { judged, people } = town
  const actor = before[act.actor] ?? null
  const actorsName = people[act.actor]?.name ?? ''
  const held = holdings(judged, actor)
  const who = `${tell(town, act)}. ${actorsName} is ${actor ? whoIs(actor) : 'no member'}`
  for (const [at, after] of (await standings(town, town.here)).entries()) {
    const name = people[at]?.name ?? ''
    // Whoever is made active again gets what was given to them earlier.
    const had = holdings(judged, awake(before[at] ?? null))
    const has = holdings(judged, awake(after))
    const gained = has.permissions.find((permission) => !had.permissions.includes(permission))
    const isGiven = at !== act.actor && gained !== undefined && held.permissions.includes(gained)
    if (gained !== undefined && !isGiven) return `${who}, and does not hold ${gained}, which ${name} gains`
    if (has.rank > had.rank && (at === act.actor || has.rank > held.rank)) {
      return `${who}, of rank ${held.rank}, and ${name} now has rank ${has.rank}`
    }
  }
  return null
}

function holdings(judged: Judged, facts: DecisionFacts | null) {
  const access = facts && judged.accessOf(facts)
  return { permissions: access?.permissions() ?? [], rank: access?.rank ?? 0 }
}

function awake(facts: DecisionFacts | null): DecisionFacts | null {
  return facts?.membership ? { ...facts, membership: { ...facts.membership, active: true } } : null
}
