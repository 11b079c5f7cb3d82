import type { Context } from '../../pipeline/context.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { RATE_RULES } from './rules.js'
import type { RateRuleName } from './rules.js'
import { consume } from './consume.js'

type RateLimitContext = Pick<Context, 'storage' | 'clock'> & Partial<Pick<Context, 'hostTransaction'>>

const CALLS_PER_SWEEP = 100

/**
 * Takes one point of a key, for good: in a transaction of its own, so that what fails afterwards gives nothing back.
 * Rejects with the rule's refusal when none was left. `points` are in place of the rule's own; where they are `Infinity`, nothing is counted. Now and then it sweeps the counters that expired.
 */
export async function consumeRateLimit(
  context: RateLimitContext,
  rule: RateRuleName,
  key: string,
  points?: number,
): Promise<void> {
  if ((points ?? RATE_RULES[rule].points) === Infinity) return
  const count = () =>
    context.storage.transaction({}, async (tx) => {
      const now = context.clock()
      if (Math.random() * CALLS_PER_SWEEP < 1) await tx.counters.sweep(now)
      return consume(tx.counters, { rule, key, now, points })
    })
  const refusal = await retryWhenBusy(count, context)
  if (refusal) throw refusal
}
