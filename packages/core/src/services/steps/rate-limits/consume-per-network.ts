import type { Scope } from '../../pipeline/command.js'
import { networkOf } from '../../pipeline/network.js'
import { consumeRateLimit } from './consume-rate-limit.js'
import type { RateRuleName } from './rules.js'

/** {@link consumeRateLimit} for the network the actor calls from; nothing where the host named no address. */
export async function consumePerNetwork({ context, actor }: Scope, rule: RateRuleName): Promise<void> {
  const network = networkOf(actor)
  if (network !== null) await consumeRateLimit(context, rule, network)
}
