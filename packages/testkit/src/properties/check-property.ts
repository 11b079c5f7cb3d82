import fc from 'fast-check'
import { ArbitraryWithCases, combinationsOf } from '../arbitraries/with-cases.js'
import type { ArbitrariesOf } from '../arbitraries/with-cases.js'
import { runsOf } from '../runs.js'
import type { RunOptions } from '../runs.js'
import { findAmong, notified } from './policy-property.js'

/** A law of a host's own. */
export interface CustomProperty<Case extends readonly unknown[]> {
  /** What holds, in a sentence. It begins the message of the error. */
  readonly sentence: string
  /** What it is about: arbitraries of this package, or of fast-check. */
  readonly cases: ArbitrariesOf<Case>
  /** Whether it holds for one case. A case that the law says nothing about is one for which it holds. */
  holds(...one: { -readonly [At in keyof Case]: Case[At] }): boolean | Promise<boolean>
}

/**
 * Holds rules to a law of your own. It tries each role alone and in pairs, each exception alone, each status, whose a
 * resource is and who sees it, in every combination in which at most one thing is out of the ordinary; then random cases,
 * as many as `runs` says.
 *
 * Rejects with the smallest case that breaks the law, as a sentence; with the seed that finds it again, if it took one.
 *
 * @example
 * await checkProperty({
 *   sentence: 'who reads invoices sees the tenant, too',
 *   cases: [anySubject({ resources, roles })],
 *   holds(subject) {
 *     const { can } = createAccess(policy, subject)
 *     return !can('invoice:read') || can('tenant:read')
 *   },
 * })
 */
export async function checkProperty<Case extends readonly unknown[]>(
  { sentence, cases, holds }: CustomProperty<Case>,
  options: RunOptions = {},
): Promise<void> {
  const runs = runsOf(options)
  const inFull = (one: Case) => one.map((value, at) => inWords(cases[at], value)).join(', ')
  const broken = (one: Case) => {
    const found = holds(...one)
    if (typeof found === 'boolean') return found ? null : inFull(one)
    return found.then((isKept) => (isKept ? null : inFull(one)))
  }
  const counterexample = await findAmong(cases, broken, runs)
  if (counterexample)
    throw notified(
      { ...counterexample, sentence: `${sentence}: it does not hold for ${counterexample.sentence}` },
      runs,
    )
}

function inWords(arbitrary: fc.Arbitrary<unknown> | undefined, value: unknown): string {
  return arbitrary instanceof ArbitraryWithCases ? arbitrary.insertForUsers(value) : fc.stringify(value)
}

/**
 * The named cases as parameters of `fc.assert`, for a property that stays one of fast-check: it tries all of them before
 * `runs` random ones. Give it the arbitraries of the property, in their order.
 *
 * @example
 * const cases = [anyRole({ resources, roles })] as const
 * fc.assert(fc.property(...cases, showsAName), everyCase(...cases))
 */
export function everyCase<Case extends [unknown, ...unknown[]]>(
  ...arbitraries: ArbitrariesOf<Case>
): Required<Pick<fc.Parameters<Case>, 'examples' | 'numRuns' | 'seed'>> {
  const { runs, seed } = runsOf({})
  const examples = [...combinationsOf<Case>(arbitraries, seed)]
  return { examples, numRuns: examples.length + runs, seed }
}
