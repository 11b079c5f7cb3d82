import { createHash } from 'node:crypto'
import type { TenancyError } from '../../../errors.js'
import type { CounterRepository } from '../../../storage/counter-port.js'
import { CounterLimiter } from './counter-limiter.js'
import { RATE_RULES } from './rules.js'
import type { RateRule, RateRuleName } from './rules.js'

interface Limited {
  readonly rule: RateRuleName
  /** Who or what is limited, such as an address. Only its hash is kept. */
  readonly key: string
}

interface Consumption extends Limited {
  readonly now: number
  /** In place of the rule's own points. */
  readonly points?: number | undefined
}

/** Takes one point of a key and answers the refusal when there was none left. Exact under any concurrency. */
export async function consume(counters: CounterRepository, consumption: Consumption): Promise<TenancyError | null> {
  const rule: RateRule = RATE_RULES[consumption.rule]
  const limiter = limiterOf(counters, consumption)
  if (limiter === null) return null
  const key = hashKey(consumption.key)
  const result = await limiter.consume(key).catch((reason: unknown) => {
    // The limiter rejects with its result when no point is left, and with an Error when something broke.
    if (reason instanceof Error) throw reason
    return reason as Awaited<ReturnType<typeof limiter.consume>>
  })
  if (result.consumedPoints > limiter.points) return rule.refusal(result.msBeforeNext)
  if (result.consumedPoints === limiter.points && rule.lockMs) await limiter.block(key, rule.lockMs / 1000)
  return null
}

/** The refusal that the next {@link spend} would meet, without taking a point. */
export async function peek(counters: CounterRepository, consumption: Consumption): Promise<TenancyError | null> {
  const limiter = limiterOf(counters, consumption)
  const result = await limiter?.get(hashKey(consumption.key))
  if (!limiter || !result || result.consumedPoints < limiter.points) return null
  return RATE_RULES[consumption.rule].refusal(result.msBeforeNext)
}

/** Forgets what a key has spent. */
export async function reset(counters: CounterRepository, { rule, key }: Limited): Promise<void> {
  const limiter = limiterOf(counters, { rule, key, now: 0 })
  await limiter?.delete(hashKey(key))
}

/** `null` when nothing is limited. */
function limiterOf(counters: CounterRepository, { rule, now, points = RATE_RULES[rule].points }: Consumption) {
  if (points === Infinity) return null
  return new CounterLimiter({ counters, name: rule, points, windowMs: RATE_RULES[rule].windowMs, now })
}

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
