import type { Answer } from './race-case.js'

/** How often each answer came: `ok`, or the code of a refusal. */
export function countAnswers(answers: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const name = nameOf(answer)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

export function nameOf(answer: Answer | undefined): string {
  if (!answer) return 'no answer'
  return 'refused' in answer ? answer.refused : 'ok'
}

export function isOk(answer: Answer | undefined): boolean {
  return nameOf(answer) === 'ok'
}
