import { whoIs } from '../../laws/in-words.js'
import type { ReferenceDecision } from '../../reference/reference-decision.js'
import { eachCase, referenceAnswers } from './answers.js'
import type { Answer, Way } from './answers.js'
import { kept } from './corpus.js'
import type { Names, Question, Thing, Town } from './town.js'

/** A way to ask differs from the documents, told as a sentence about one case. */
class Difference extends Error {
  override readonly name = 'Difference'
}

/**
 * Asks a town's every question in every way, and answers what the documents say to each.
 *
 * @throws {Difference} for the first case that one way answers otherwise.
 */
export async function compare(town: Town, names: Names, ways: readonly Way[]): Promise<readonly ReferenceDecision[]> {
  const expected = referenceAnswers(town, names)
  for (const { name, ask } of ways) {
    const answers = await ask(town, names)
    const at = expected.findIndex((decision, one) => !isSame(answers[one], decision))
    const decision = expected[at]
    if (decision) throw new Difference(tell(town, names, at, decision, { name, answer: answers[at] }))
  }
  return expected
}

function isSame(answer: Answer | undefined, { allowed, because }: ReferenceDecision): boolean {
  return answer === undefined || answer === (typeof answer === 'string' ? because : allowed)
}

function tell(
  town: Town,
  names: Names,
  at: number,
  { allowed, because }: ReferenceDecision,
  { name, answer }: { readonly name: string; readonly answer: Answer | undefined },
): string {
  const sentences = eachCase(town, names, ({ facts, permission, resource, at }) => {
    const told = town.questions[at.question]?.told ?? []
    const what = resource ? `${permission} on ${inWords(town.things[at.thing], told, at.person)}` : permission
    return [`${whoIs(facts)} asks for ${what}`, JSON.stringify(kept(town, at, because))] as const
  })
  const [asked = '', line = ''] = sentences[at] ?? []
  const says = typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer)
  const documents = `the documents say ${allowed ? 'yes' : 'no'} (${because})`
  return `${asked}: ${documents}, ${name} says ${says}.\nKeep it in corpus.json under a name: ${line}`
}

function inWords(thing: Thing | undefined, told: NonNullable<Question['told']>, person: number): string {
  if (!thing || told.length === 0) return 'a thing that nothing is told about'
  const facts: Record<keyof Thing, string> = {
    owner: thing.owner === null ? 'of nobody' : thing.owner === person ? 'of their own' : 'of somebody else',
    visibility: `of visibility ${JSON.stringify(thing.visibility)}`,
    tenant: thing.tenant === null ? 'of no tenant' : thing.tenant === 'here' ? 'of the tenant' : 'of another tenant',
    shared: thing.shared === null ? 'lent to nobody' : `lent ${thing.shared}`,
  }
  return `a thing ${told.map((fact) => facts[fact]).join(', ')}`
}
