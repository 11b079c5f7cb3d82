import type { Context } from '../../pipeline/context.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import type { RateRuleName } from './rules.js'
import { peek } from './consume.js'

/**
 * Rejects with the rule's refusal when no point of a key is left, and takes none. For work that counts its failures
 * afterwards: so many at once may go beyond the limit as are at work at once.
 */
export async function refuseSpent(
  context: Pick<Context, 'storage' | 'clock' | 'hostTransaction'>,
  rule: RateRuleName,
  key: string,
): Promise<void> {
  const look = () => context.storage.transaction({}, (tx) => peek(tx.counters, { rule, key, now: context.clock() }))
  const refusal = await retryWhenBusy(look, context)
  if (refusal) throw refusal
}
