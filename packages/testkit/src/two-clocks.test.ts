import { createTenancy, SYSTEM, type Storage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PROVEN_STORAGES } from './test/storages.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Two installations on one database, of which one shows another time, and the events that the right one handed over. */
async function twoClocksFixture(storage: Storage, ahead: number) {
  const state = { now: Date.UTC(2026, 10, 21, 12) }
  const delivered: number[] = []
  const options = { storage, limits: { requestsPerUser: 3 } }
  const right = createTenancy({
    ...options,
    clock: () => state.now,
    onEvent: async ({ scope, seq }) => void ('tenantId' in scope && delivered.push(seq)),
  })
  // It marks the events that it appends, and hands none over.
  const wrong = createTenancy({ ...options, clock: () => state.now + ahead, onEvent: async () => {} })
  await right.migrate()
  await right.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com', emailVerified: true })
  const { id } = await right.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  await right.flushEvents()
  const rename = (tenancy: typeof right, name: string) => tenancy.as({ userId: 'ann' }).in(id).update({ name })
  return { right, wrong, rename, delivered, pass: (ms: number) => void (state.now += ms) }
}

describe.each(PROVEN_STORAGES)('on $name, with two clocks an hour apart', ({ make }) => {
  let storage: Storage
  let dispose: (() => Promise<void>) | undefined

  beforeEach(async () => ({ storage, dispose } = await make()))
  afterEach(async () => {
    await storage.close()
    await dispose?.()
  })

  test.each([HOUR, -HOUR])('(%d ms) a later event is handed over at once, with what came before it', async (ahead) => {
    const { right, wrong, rename, delivered, pass } = await twoClocksFixture(storage, ahead)
    await rename(wrong, 'One')
    pass(1000)
    await rename(right, 'Two')
    expect(await right.flushEvents()).toEqual({ delivered: 2, failed: 0 })
    expect(delivered).toEqual([1, 2, 3])
  })

  test.each([HOUR, -HOUR])('(%d ms) a limit holds, and is over when its window is', async (ahead) => {
    const { right, wrong, pass } = await twoClocksFixture(storage, ahead)
    for (const tenancy of [wrong, wrong, right]) await tenancy.consumeRateLimit({ user: { id: 'ann' } }).catch(() => {})
    await right.consumeRateLimit({ user: { id: 'ann' } }).catch(() => {})
    await right.consumeRateLimit({ user: { id: 'ann' } }).catch(() => {})
    const error = await right.consumeRateLimit({ user: { id: 'ann' } }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'rate_limited' })
    const { retryAfterMs } = (error as { details: { retryAfterMs: number } }).details
    expect(retryAfterMs).toBeLessThanOrEqual(MINUTE)
    pass(retryAfterMs)
    await right.consumeRateLimit({ user: { id: 'ann' } })
  })
})
