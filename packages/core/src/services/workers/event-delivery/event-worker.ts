import type { Storage } from '../../../storage/port.js'
import type { Logger } from '../../pipeline/logger.js'
import { silentLogger } from '../../pipeline/logger.js'
import { counterSweep } from '../rate-limits/counter-sweep.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import type { Deliver, EventWorker } from '../../pipeline/worker.js'
import { createWorker } from './create-worker.js'
import { deliverChain } from './deliver-chain.js'
import type { EventDelivery } from './deliver-chain.js'

const CHAINS = 10

export interface EventWorkerOptions {
  readonly storage: Storage
  readonly deliver: Deliver
  /** Whose directory of chains it works on; default that of the host, whose dead events are kept. */
  readonly chains?: 'eventDelivery' | 'notificationChains'
  readonly clock?: () => number
  readonly logger?: Logger
  /** After how many attempts an event is dead. Default 24, which is about half a day. */
  readonly attempts?: number
  /** How often to look for due chains after `start()`, in milliseconds. Default 5000. */
  readonly pollMs?: number
  /** How long one delivery may take, in milliseconds. Default one minute. A claim holds twice as long. */
  readonly timeoutMs?: number
}

/**
 * A worker of events: each is handed over at least once, those of one chain in order, also after a crash. Several
 * processes may run one on the same storage.
 */
export function createEventWorker(options: EventWorkerOptions): EventWorker {
  const { storage, deliver, chains = 'eventDelivery', clock = () => storage.now(), logger = silentLogger } = options
  const { attempts = 24, pollMs = 5_000, timeoutMs = 60_000 } = options
  const terms = { attempts, timeoutMs, leaseMs: 2 * timeoutMs }
  const delivery: EventDelivery = { storage, deliver, chains, clock, logger, ...terms }

  const claim = () =>
    retryWhenBusy(() =>
      storage.transaction({}, (tx) => {
        const now = clock()
        return tx[chains].claim({ now, limit: CHAINS, leaseUntil: now + delivery.leaseMs })
      }),
    )

  const sweepCounters = counterSweep({ storage, clock })
  const eventDelivery = createWorker({
    pollMs,
    wakesBeforeStart: false,
    onError: (error) => logger.error({ error }, 'the worker of events could not reach the storage'),
    async drain(isStopping) {
      let [delivered, failed] = [0, 0]
      while (!isStopping()) {
        const claimed = await claim()
        if (claimed.length === 0) break
        const results = await Promise.allSettled(claimed.map((chain) => deliverChain(delivery, chain, isStopping)))
        for (const result of results) {
          if (result.status === 'rejected') throw result.reason
          delivered += result.value.delivered
          failed += result.value.failed
        }
      }
      await sweepCounters()
      return { delivered, failed }
    },
  })
  return { ...eventDelivery, deliver }
}
