import type { Response } from './concurrency-case.js'

/** How often each answer came: `ok`, or the code of a refusal. */
export function countOutcomes(responses: readonly Response[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const response of responses) {
    const name = nameOf(response)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

export function nameOf(response: Response | undefined): string {
  if (!response) return 'no answer'
  return 'refused' in response ? response.refused : 'ok'
}

export function isOk(response: Response | undefined): boolean {
  return nameOf(response) === 'ok'
}
