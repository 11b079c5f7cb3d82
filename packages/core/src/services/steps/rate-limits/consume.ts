import { createHash } from 'node:crypto'
import type { TenancyError } from '../../../errors.js'
import type { CounterRepository } from '../../../storage/counter-port.js'
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

/**
 * Takes one point of a key and returns the error when none was left. The window is fixed: it begins with the first use of
 * the key. Exact under any concurrency, because the counter is increased and read by one statement.
 */
export async function consume(counters: CounterRepository, consumption: Consumption): Promise<TenancyError | null> {
  const { windowMs, lockMs, refusal, points: usual }: RateRule = RATE_RULES[consumption.rule]
  const { now, points = usual } = consumption
  if (points === Infinity) return null
  const key = keyOf(consumption)
  const used = await counters.add({ key, points: 1, expiresAt: now + windowMs, now, restart: false })
  if (used.points > points) return refusal(used.expiresAt - now)
  if (used.points === points && lockMs !== undefined)
    await counters.add({ key, points: points + 1, expiresAt: now + lockMs, now, restart: true })
  return null
}

/** The error that the next {@link consume} would return. It takes no point. */
export async function peek(counters: CounterRepository, consumption: Consumption): Promise<TenancyError | null> {
  const { refusal, points: usual }: RateRule = RATE_RULES[consumption.rule]
  const { now, points = usual } = consumption
  if (points === Infinity) return null
  const used = await counters.find({ key: keyOf(consumption), now })
  if (!used || used.points < points) return null
  return refusal(used.expiresAt - now)
}

/** Gives a key all its points back. */
export async function reset(counters: CounterRepository, limited: Limited): Promise<void> {
  await counters.delete(keyOf(limited))
}

function keyOf({ rule, key }: Limited): string {
  return `${rule}:${createHash('sha256').update(key).digest('hex')}`
}
