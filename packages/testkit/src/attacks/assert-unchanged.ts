import assert from 'node:assert/strict'
import { kindOf, sampleRequest } from './ids.js'
import { send } from './mount.js'
import type { Operation, WireAnswer } from './mount.js'
import type { Target } from './target.js'

type Side = 'tenant' | 'other tenant'

/** Everything that the owners of these tenants can read without naming anything else, as it stands now. */
async function everythingRead(
  { mount, testUsers }: Target,
  wanted: readonly Side[],
): Promise<ReadonlyMap<string, string>> {
  const readings = [...mount.operations.values()].filter(isReading)
  const sides = {
    tenant: testUsers,
    'other tenant': { ...testUsers, owner: testUsers.outsider, tenant: testUsers.otherTenant },
  }
  const responses = wanted.flatMap((side) =>
    readings.map(async (operation): Promise<[string, string]> => {
      const { text } = await send(mount, operation, sampleRequest(sides[side], operation))
      return [`${operation.id} of the ${side}`, withoutActivity(text)]
    }),
  )
  return new Map(await Promise.all(responses))
}

function isReading(operation: Operation): boolean {
  const isTenant = ({ name }: { readonly name: string }) => kindOf(operation, { name, path: null }) === 'tenant'
  const namesOnlyTenant =
    operation.parameters.some(isTenant) && operation.parameters.every((one) => !one.required || isTenant(one))
  return operation.method === 'GET' && operation.answersJson && !operation.isPublic && namesOnlyTenant
}

/** When somebody was seen last is noted whatever they do. */
export function withoutActivity(text: string): string {
  return text.replaceAll(/"last\w*":("[^"]*"|\d+|null),?/gi, '')
}

/**
 * Does something that must leave these tenants as they are; both, unless it says.
 *
 * @throws {AssertionError} naming what reads differently afterwards.
 */
export async function unharmed(
  target: Target,
  attempt: () => Promise<void>,
  sides: readonly Side[] = ['tenant', 'other tenant'],
): Promise<void> {
  const before = await everythingRead(target, sides)
  await attempt()
  const after = await everythingRead(target, sides)
  for (const [reading, text] of before) assert.equal(after.get(reading), text, `${reading} has changed`)
}

/** @throws {AssertionError} unless the answer is a refusal; a failure inside is none. */
export function assertRefused({ status, text }: WireAnswer, attempt: string): void {
  assert.ok(status >= 400 && status < 500, `${attempt}: expected a refusal, got ${status} ${text.slice(0, 500)}`)
}

/** @throws {AssertionError} unless both answers are the same refusal, to the byte. */
export function assertSameRefusal(response: WireAnswer, other: WireAnswer, attempt: string): void {
  assertRefused(response, attempt)
  assert.deepEqual(response, other, `${attempt}: two ids that the caller cannot know are told apart`)
}

/** @throws {AssertionError} unless the answer is a success: an attack that had to be prepared was not. */
export function assertDone({ status, text }: WireAnswer, step: string): void {
  assert.ok(status < 300, `${step}: expected it to work, got ${status} ${text.slice(0, 500)}`)
}
