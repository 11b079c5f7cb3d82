import type { DecisionFacts } from '@tenantry/core'
import { anyActs, anyKindOfActs, anyPlaces, anyPlacesElsewhere } from './any-acts.js'
import { whoIs } from './in-words.js'
import type { Judged } from './judged.js'
import { lawOfStories } from './law.js'
import type { Law } from './law.js'
import { openTown, perform, settleTown, standingsIn } from './town.js'
import type { Act, Place, Standings, Town } from './town.js'

const NOBODY: readonly Place[] = []

/** What people can do to each other, with the library's own use cases on a storage in memory. */
export const actLaws: readonly Law[] = [
  lawOfStories({
    id: 'no-escalation',
    sentence: 'nobody gives what they do not hold, and nobody raises themselves',
    open: openTown,
    cases: (judged) => [anyPlaces(judged), anyActs(judged.rules)],
    async broken(town, [here, acts]) {
      await settleTown(town, { here, elsewhere: NOBODY })
      let before = await standingsIn(town, town.here)
      return tellFirst(town, acts, async ({ by }) => {
        const after = await standingsIn(town, town.here)
        const escalation = findEscalation(town, { by, before, after })
        before = after
        return escalation && `. ${escalation}`
      })
    },
  }),
  lawOfStories({
    id: 'acts-stay-inside',
    sentence: 'nothing done in one tenant changes another',
    open: openTown,
    cases: (judged) => [anyPlaces(judged), anyPlacesElsewhere(judged), anyKindOfActs(judged.rules)],
    async broken(town, [here, elsewhere, acts]) {
      await settleTown(town, { here, elsewhere })
      const untouched = JSON.stringify(await standingsIn(town, town.elsewhere))
      return tellFirst(town, acts, async () => {
        if (JSON.stringify(await standingsIn(town, town.elsewhere)) === untouched) return null
        return ', and another tenant has other members or roles'
      })
    },
  }),
]

/** Lets people act one after the other. Answers the story up to what `look` finds wrong, with that; `null` for nothing. */
async function tellFirst(
  town: Town,
  acts: readonly Act[],
  look: (done: { readonly by: number }) => Promise<string | null>,
): Promise<string | null> {
  const story: string[] = []
  for (const act of acts) {
    const done = await perform(town, act, await standingsIn(town, town.here))
    if (!done) continue
    story.push(done.told)
    const wrong = await look(done)
    if (wrong !== null) return `${story.join('; then ')}${wrong}`
  }
  return null
}

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
