import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { runsOf } from '../runs.js'
import { actionProperties } from './action-properties.js'
import { decisionProperties } from './decision-properties.js'
import { changeProperties } from './change-properties.js'
import { denyProperties } from './deny-properties.js'
import { policyUnderTest } from './policy-under-test.js'
import type { PolicyUnderTest, PermissionPropertyOptions } from './policy-under-test.js'
import { notified } from './policy-property.js'
import type { PolicyProperty } from './policy-property.js'
import { roleProperties } from './role-properties.js'

/** A law that permission rules keep. */
export interface PermissionProperty {
  /** Stable, such as `viewers-change-nothing`. */
  readonly id: string
  /** What holds, in a sentence. */
  readonly sentence: string
  /** Rejects with the smallest case that breaks the law, as a sentence; with the seed that finds it again, if it took one. */
  check(): Promise<void>
}

export const PROPERTIES: readonly PolicyProperty[] = [
  ...denyProperties,
  ...roleProperties,
  ...changeProperties,
  ...decisionProperties,
  ...actionProperties,
]

/**
 * The laws for a host's rules as data, for a test each.
 *
 * @throws {TypeError} naming what is wrong with the rules or the options.
 *
 * @example
 * for (const { sentence, check } of permissionProperties({ resources, roles })) test(sentence, check)
 */
export function permissionProperties(
  rules: PermissionRules,
  options: PermissionPropertyOptions = {},
): readonly PermissionProperty[] {
  const underTest = policyUnderTest(rules, options)
  return PROPERTIES.map((property) => ({
    id: property.id,
    sentence: property.sentence,
    check: () => checkOne(property, underTest, options),
  }))
}

/** @throws {Error} telling the smallest case that breaks the law. */
export async function checkOne(
  property: PolicyProperty,
  underTest: PolicyUnderTest,
  options: PermissionPropertyOptions,
): Promise<void> {
  const runs = runsOf(options)
  const counterexample = await property.findCounterexample(underTest, runs)
  if (counterexample) throw notified(counterexample, runs)
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
 * test('my roles keep the laws', () => checkPermissionProperties({ resources, roles }, { monotone: ['viewer', 'clerk', 'admin'] }))
 */
export async function checkPermissionProperties(
  rules: PermissionRules,
  options: PermissionPropertyOptions = {},
): Promise<void> {
  const properties = permissionProperties(rules, options)
  const broken: Error[] = []
  for (const { check } of properties) {
    await check().catch((error: unknown) => {
      if (!(error instanceof Error)) throw error
      broken.push(error)
    })
  }
  if (broken.length === 0) return
  const lines = broken.map(({ message }) => `- ${message.replaceAll('\n', '\n  ')}`).join('\n')
  throw new AggregateError(broken, `${broken.length} of ${properties.length} laws are broken:\n\n${lines}`)
}
