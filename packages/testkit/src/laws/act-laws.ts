import type { DecisionFacts } from '@tenantry/core'
import { anyActs, anyPlaces } from './any-acts.js'
import { whoIs } from './in-words.js'
import type { Judged } from './judged.js'
import { lawOfStories } from './law.js'
import type { Law } from './law.js'
import { openTown, perform, standingsIn } from './town.js'
import type { Standings, Town } from './town.js'

/** What people can do to each other, with the library's own use cases on a storage in memory. */
export const actLaws: readonly Law[] = [
  lawOfStories({
    id: 'no-escalation',
    sentence: 'nobody gives what they do not hold, and nobody raises themselves',
    cases: (judged) => [anyPlaces(judged), anyActs(judged.rules)],
    async broken(judged, [here, acts]) {
      const town = await openTown(judged, { here, elsewhere: [] })
      const story: string[] = []
      let before = await standingsIn(town, town.here)
      for (const act of acts) {
        const done = await perform(town, act, before)
        if (!done) continue
        const after = await standingsIn(town, town.here)
        story.push(done.told)
        const escalation = findEscalation(town, { by: done.by, before, after })
        if (escalation) return `${story.join('; then ')}. ${escalation}`
        before = after
      }
      return null
    },
  }),
  lawOfStories({
    id: 'acts-stay-inside',
    sentence: 'nothing done in one tenant changes another',
    cases: (judged) => [anyPlaces(judged), anyPlaces(judged), anyActs(judged.rules)],
    async broken(judged, [here, elsewhere, acts]) {
      const town = await openTown(judged, { here, elsewhere })
      const story: string[] = []
      const untouched = JSON.stringify(await standingsIn(town, town.elsewhere))
      for (const act of acts) {
        const done = await perform(town, act, await standingsIn(town, town.here))
        if (!done) continue
        story.push(done.told)
        if (JSON.stringify(await standingsIn(town, town.elsewhere)) === untouched) continue
        return `${story.join('; then ')}, and another tenant has other members or roles`
      }
      return null
    },
  }),
]

/** What the act gave that its actor does not hold or, to themselves, did not hold; in words. */
function findEscalation(
  { judged, people }: Town,
  { by, before, after }: { readonly by: number; readonly before: Standings; readonly after: Standings },
): string | null {
  const actor = before[by] ?? null
  const held = holdings(judged, actor)
  const who = `${people[by]?.name ?? ''} is ${actor ? whoIs(actor) : 'no member'}`
  for (const [at, { name }] of people.entries()) {
    // Whoever is made active again gets what was given to them earlier.
    const had = holdings(judged, awake(before[at] ?? null))
    const has = holdings(judged, awake(after[at] ?? null))
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

function holdings(judged: Judged, facts: DecisionFacts | null) {
  const access = facts && judged.accessOf(facts)
  return { permissions: access?.permissions() ?? [], rank: access?.rank ?? 0 }
}

function awake(facts: DecisionFacts | null): DecisionFacts | null {
  return facts?.membership ? { ...facts, membership: { ...facts.membership, active: true } } : null
}
