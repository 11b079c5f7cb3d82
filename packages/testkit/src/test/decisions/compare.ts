import { whoIs } from '../../properties/describe.js'
import type { ReferenceDecision } from '../../reference/reference-decision.js'
import { eachCase, referenceAnswers } from './schemas.js'
import type { Response, Way } from './schemas.js'
import { kept } from './corpus.js'
import type { Names, Question, Thing, Scenario } from './scenario.js'

/** A way to ask differs from the documents, told as a sentence about one case. */
class Difference extends Error {
  override readonly name = 'Difference'
}

/**
 * Asks every question of a scenario in every way, and answers what the documents say to each.
 *
 * @throws {Difference} for the first case that one way answers otherwise.
 */
export async function compare(
  scenario: Scenario,
  names: Names,
  ways: readonly Way[],
): Promise<readonly ReferenceDecision[]> {
  const expected = referenceAnswers(scenario, names)
  for (const { name, ask } of ways) {
    const decisions = await ask(scenario, names)
    const at = expected.findIndex((decision, one) => !isSame(decisions[one], decision))
    const decision = expected[at]
    if (decision) throw new Difference(insertForUsers(scenario, names, at, decision, { name, decision: decisions[at] }))
  }
  return expected
}

function isSame(decision: Response | undefined, { allowed, because }: ReferenceDecision): boolean {
  return decision === undefined || decision === (typeof decision === 'string' ? because : allowed)
}

function insertForUsers(
  scenario: Scenario,
  names: Names,
  at: number,
  { allowed, because }: ReferenceDecision,
  { name, decision }: { readonly name: string; readonly decision: Response | undefined },
): string {
  const sentences = eachCase(scenario, names, ({ facts, permission, resource, at }) => {
    const notified = scenario.questions[at.question]?.notified ?? []
    const what = resource ? `${permission} on ${inWords(scenario.things[at.thing], notified, at.person)}` : permission
    return [`${whoIs(facts)} asks for ${what}`, JSON.stringify(kept(scenario, at, because))] as const
  })
  const [asked = '', line = ''] = sentences[at] ?? []
  const says = typeof decision === 'boolean' ? (decision ? 'yes' : 'no') : String(decision)
  const documents = `the documents say ${allowed ? 'yes' : 'no'} (${because})`
  return `${asked}: ${documents}, ${name} says ${says}.\nKeep it in corpus.json under a name: ${line}`
}

function inWords(thing: Thing | undefined, notified: NonNullable<Question['notified']>, person: number): string {
  if (!thing || notified.length === 0) return 'a thing that nothing is told about'
  const facts: Record<keyof Thing, string> = {
    owner: thing.owner === null ? 'of nobody' : thing.owner === person ? 'of their own' : 'of somebody else',
    visibility: `of visibility ${JSON.stringify(thing.visibility)}`,
    tenant: thing.tenant === null ? 'of no tenant' : thing.tenant === 'here' ? 'of the tenant' : 'of another tenant',
    shared: thing.shared === null ? 'shared with nobody' : `shared ${thing.shared}`,
  }
  return `a thing ${notified.map((fact) => facts[fact]).join(', ')}`
}
