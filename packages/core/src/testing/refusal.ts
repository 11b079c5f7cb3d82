import assert from 'node:assert/strict'
import { isTenancyError, type ErrorCode, type TenancyError } from '../errors.js'
import type { TenancyFixture } from './fixtures/tenancy.js'

/** Asserts that a call is refused with this code and that nothing observable is different afterwards. Answers the error. */
export async function refusal<Code extends ErrorCode>(
  fixture: Pick<TenancyFixture, 'state'>,
  code: Code,
  call: () => Promise<unknown>,
): Promise<TenancyError<Code>> {
  const before = await fixture.state()
  const error = await call().then(
    (answer) => assert.fail(`expected ${code}, but was answered ${JSON.stringify(answer)}`),
    (reason: unknown) => reason,
  )
  if (!isTenancyError(error, code)) {
    if (isTenancyError(error)) assert.equal(error.code, code)
    throw error
  }
  assert.deepEqual(await fixture.state(), before, 'a refused call changes nothing')
  return error
}
