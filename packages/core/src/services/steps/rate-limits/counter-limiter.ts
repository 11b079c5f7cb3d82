import type { RateLimiterRes as Result, RateLimiterStoreAbstract } from 'rate-limiter-flexible'
// The package's index loads every store it knows and leaves out the abstract one, so both classes come from their files.
// @ts-expect-error -- files have no types of their own
import storeAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
// @ts-expect-error -- files have no types of their own
import limiterResult from 'rate-limiter-flexible/lib/RateLimiterRes.js'
import type { Counter, CounterRepository } from '../../../storage/counter-port.js'

// The package's types describe them under these names.
const Base = storeAbstract as typeof RateLimiterStoreAbstract
const RateLimiterRes = limiterResult as typeof Result

interface CounterLimiterOptions {
  readonly counters: CounterRepository
  readonly name: string
  readonly points: number
  readonly windowMs: number
  readonly now: number
}

/**
 * rate-limiter-flexible on the storage's counters, at one moment. It is a class because the library's extension point
 * is one; the methods are those its documentation asks a store for.
 */
export class CounterLimiter extends Base {
  readonly #counters: CounterRepository
  readonly #now: number

  constructor({ counters, name, points, windowMs, now }: CounterLimiterOptions) {
    super({ storeClient: counters, keyPrefix: name, points, duration: windowMs / 1000 })
    this.#counters = counters
    this.#now = now
  }

  _upsert(key: string, points: number, durationMs: number, restart = false): Promise<Counter> {
    return this.#counters.add({ key, points, expiresAt: this.#now + durationMs, now: this.#now, restart })
  }

  _get(key: string): Promise<Counter | null> {
    return this.#counters.find({ key, now: this.#now })
  }

  _delete(key: string): Promise<boolean> {
    return this.#counters.delete(key)
  }

  _getRateLimiterRes(_key: string, added: number, { points, expiresAt }: Counter): Result {
    return new RateLimiterRes(Math.max(this.points - points, 0), expiresAt - this.#now, points, points === added)
  }
}
