import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { runsOf } from '../runs.js'
import { actLaws } from './act-laws.js'
import { answerLaws } from './answer-laws.js'
import { changeLaws } from './change-laws.js'
import { denyLaws } from './deny-laws.js'
import { judgedOf } from './judged.js'
import type { Judged, PermissionLawOptions } from './judged.js'
import { told } from './law.js'
import type { Law } from './law.js'
import { roleLaws } from './role-laws.js'

/** A law that permission rules keep. */
export interface PermissionLaw {
  /** Stable, such as `viewers-change-nothing`. */
  readonly id: string
  /** What holds, in a sentence. */
  readonly sentence: string
  /** Rejects with the smallest case that breaks the law, as a sentence; with the seed that finds it again, if it took one. */
  check(): Promise<void>
}

export const LAWS: readonly Law[] = [...denyLaws, ...roleLaws, ...changeLaws, ...answerLaws, ...actLaws]

/**
 * The laws for a host's rules as data, for a test each.
 *
 * @throws {TypeError} naming what is wrong with the rules or the options.
 *
 * @example
 * for (const { sentence, check } of permissionLaws({ resources, roles })) test(sentence, check)
 */
export function permissionLaws(rules: PermissionRules, options: PermissionLawOptions = {}): readonly PermissionLaw[] {
  const judged = judgedOf(rules, options)
  return LAWS.map((law) => ({ id: law.id, sentence: law.sentence, check: () => checkOne(law, judged, options) }))
}

/** @throws {Error} telling the smallest case that breaks the law. */
export async function checkOne(law: Law, judged: Judged, options: PermissionLawOptions): Promise<void> {
  const runs = runsOf(options)
  const breach = await law.findBreach(judged, runs)
  if (breach) throw told(breach, runs)
}

/**
 * Holds a host's rules to all laws at once: default deny, roles, exceptions, who gives what to whom, and that tenants
 * stay apart. It needs no storage and no test runner.
 *
 * Rejects with an `AggregateError`: its message tells every law that is broken, and its `errors` are one for each.
 *
 * @throws {TypeError} naming what is wrong with the rules or the options.
 *
 * @example
 * test('my roles keep the laws', () => checkPermissionLaws({ resources, roles }, { monotone: ['viewer', 'clerk', 'admin'] }))
 */
export async function checkPermissionLaws(rules: PermissionRules, options: PermissionLawOptions = {}): Promise<void> {
  const laws = permissionLaws(rules, options)
  const broken: Error[] = []
  for (const { check } of laws) {
    await check().catch((error: unknown) => {
      if (!(error instanceof Error)) throw error
      broken.push(error)
    })
  }
  if (broken.length === 0) return
  const lines = broken.map(({ message }) => `- ${message.replaceAll('\n', '\n  ')}`).join('\n')
  throw new AggregateError(broken, `${broken.length} of ${laws.length} laws are broken:\n\n${lines}`)
}
