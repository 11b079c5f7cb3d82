import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { consumeRateLimit } from './consume-rate-limit.js'
import { RATE_RULES, type RateRule } from './rules.js'
import type { RateRuleName } from './rules.js'
import { reset } from './consume.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function limits() {
  const storage = memoryStorage()
  let now = 1_000_000
  const context = { storage, clock: () => now }
  return {
    storage,
    pass: (ms: number) => void (now += ms),
    now: () => now,
    /** `true` when it was allowed, else the error. */
    try: (rule: RateRuleName, key = 'ann') =>
      consumeRateLimit(context, rule, key).then(
        () => true as const,
        (error: unknown) => error,
      ),
    clear: (rule: RateRuleName, key = 'ann') => storage.transaction({}, (tx) => reset(tx.counters, { rule, key })),
  }
}

async function allowed(tries: readonly Promise<unknown>[]): Promise<number> {
  return (await Promise.all(tries)).filter((outcome) => outcome === true).length
}

const finite = Object.entries(RATE_RULES).filter(([, { points }]) => points !== Infinity)
// Object.entries forgets which names the table has.
const names = finite.map(([name]) => name as RateRuleName)

test.each(names)('%s: of parallel uses exactly the allowed pass', async (rule) => {
  const { points } = RATE_RULES[rule]
  const limited = limits()
  const tries = Array.from({ length: points + 40 }, () => limited.try(rule))
  expect(await allowed(tries)).toBe(points)
})

test('of 50 parallel guesses of a transfer code exactly 6 are looked at', async () => {
  const limited = limits()
  expect(await allowed(Array.from({ length: 50 }, () => limited.try('transferTry', 'owner')))).toBe(6)
})

test('a window begins with the first use and all points come back when it ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 * MINUTE }), { maxLength: 60 }), async (pauses) => {
      const limited = limits()
      const { points, windowMs } = RATE_RULES.signInFromNetwork
      let [began, used] = [-Infinity, 0]
      for (const pause of pauses) {
        limited.pass(pause)
        if (limited.now() >= began + windowMs) [began, used] = [limited.now(), 0]
        used++
        const outcome = await limited.try('signInFromNetwork')
        if (used <= points) expect(outcome).toBe(true)
        else expect(outcome).toMatchObject({ details: { retryAfterMs: began + windowMs - limited.now() } })
      }
    }),
    { numRuns: 50 },
  )
})

test('the sixth guess locks transfers for 24 hours from then on, and more guesses do not prolong it', async () => {
  const limited = limits()
  await limited.try('transferTry')
  limited.pass(20 * HOUR)
  for (let guess = 2; guess <= 6; guess++) expect(await limited.try('transferTry')).toBe(true)
  limited.pass(23 * HOUR)
  expect(await limited.try('transferTry')).toMatchObject({ code: 'transfer_locked', details: { retryAfterMs: HOUR } })
  limited.pass(HOUR - 1)
  expect(await limited.try('transferTry')).toMatchObject({ code: 'transfer_locked', details: { retryAfterMs: 1 } })
  limited.pass(1)
  expect(await limited.try('transferTry')).toBe(true)
})

test('five wrong codes within a day do not lock', async () => {
  const limited = limits()
  for (let guess = 1; guess <= 5; guess++) await limited.try('transferTry')
  limited.pass(DAY)
  expect(await limited.try('transferTry')).toBe(true)
})

test('each key has points of its own', async () => {
  const limited = limits()
  expect(await limited.try('transferEmailPerOwner', 'ann')).toBe(true)
  expect(await limited.try('transferEmailPerOwner', 'bob')).toBe(true)
  expect(await limited.try('transferEmailPerOwner', 'ann')).toMatchObject({
    code: 'email_limit_exceeded',
    details: { per: 'owner', retryAfterMs: MINUTE },
  })
})

test('each rule has points of its own', async () => {
  const limited = limits()
  await limited.try('transferEmailPerOwner')
  expect(await limited.try('transferTry')).toBe(true)
})

test('clearing gives all points of that key back, and of no other', async () => {
  const limited = limits()
  for (const key of ['ann', 'bob']) for (let use = 0; use < 10; use++) await limited.try('signInFromNetwork', key)
  await limited.clear('signInFromNetwork', 'ann')
  expect(await limited.try('signInFromNetwork', 'ann')).toBe(true)
  expect(await limited.try('signInFromNetwork', 'bob')).toMatchObject({ code: 'rate_limited' })
})

test.each(Object.entries<RateRule>(RATE_RULES))(
  'the lock of %s, if any, ends no later than a window',
  (_name, rule) => {
    // An addition ends a counter that lasts longer than its window.
    expect(rule.lockMs ?? 0).toBeLessThanOrEqual(rule.windowMs)
  },
)

test('stored keys do not reveal the limited user or address', async () => {
  const kept: string[] = []
  const { transaction, ...rest } = memoryStorage()
  const storage = {
    ...rest,
    transaction: ((locks, work) =>
      transaction(locks, (tx) => {
        const add: typeof tx.counters.add = (change) => {
          kept.push(change.key)
          return tx.counters.add(change)
        }
        return work({ ...tx, counters: { ...tx.counters, add } })
      })) as typeof transaction,
  }
  await consumeRateLimit({ storage, clock: () => 0 }, 'signInFromNetwork', 'ann@example.com')
  expect(kept).toHaveLength(1)
  expect(kept[0]).not.toMatch(/ann|example/)
})

test('counters that expired are swept while others are used', async () => {
  const limited = limits()
  await limited.try('signInFromNetwork', 'gone')
  limited.pass(DAY)
  // One use in a hundred sweeps: that none of these does is less likely than 1 in 10^12.
  for (let use = 0; use < 3000; use++) await limited.try('invitationGuess', 'busy')
  expect(await limited.storage.transaction({}, (tx) => tx.counters.sweep(limited.now()))).toBe(0)
})

test('a limit of Infinity begins no transaction', async () => {
  const storage = { ...memoryStorage(), transaction: () => Promise.reject(new Error('a transaction')) }
  const context = { storage, clock: () => 0 }
  await consumeRateLimit(context, 'requestPerToken', 'token', Infinity)
  await expect(consumeRateLimit(context, 'requestPerToken', 'token', 1)).rejects.toThrow('a transaction')
})
