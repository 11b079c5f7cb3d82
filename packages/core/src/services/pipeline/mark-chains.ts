import type { TenancyEvent } from '../../events.js'
import type { ChainRepository } from '../../storage/event-delivery-port.js'

/** Notes which chains got events, in the transaction that appended them, so that what delivers them finds them. */
export async function markChains(chains: ChainRepository, events: readonly TenancyEvent[], now: number): Promise<void> {
  const marks = new Map<string, Parameters<ChainRepository['mark']>[0]>()
  for (const { scope, seq } of events) {
    const chain = JSON.stringify(scope)
    marks.set(chain, { scope, from: marks.get(chain)?.from ?? seq, upTo: seq, now })
  }
  // In one order, so that two transactions never wait for each other.
  for (const chain of [...marks.keys()].sort()) {
    const mark = marks.get(chain)
    if (mark) await chains.mark(mark)
  }
}
