import type { TenancyEvent } from '../../../events.js'
import type { Storage } from '../../../storage/port.js'
import type { ClaimedChain } from '../../../storage/event-delivery-port.js'
import type { Logger } from '../../pipeline/logger.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { backoffMs } from './backoff.js'
import { describeFailure } from './describe-failure.js'
import { withTimeout } from './with-timeout.js'

// Then the chain waits for its next turn, so that a long one does not hold up the others.
const EVENTS = 100

/** What a delivery works with. */
export interface EventDelivery {
  readonly storage: Storage
  readonly deliver: (event: TenancyEvent) => Promise<void>
  readonly chains: 'eventDelivery' | 'notificationChains'
  readonly clock: () => number
  readonly logger: Logger
  readonly attempts: number
  readonly timeoutMs: number
  readonly leaseMs: number
}

/**
 * Hands over the next events of a claimed chain, one after the other. Each is noted before the next one goes; a crash in
 * between hands it over again when the lease has run out. An event that failed holds up its chain until it is delivered
 * or given up.
 */
export async function deliverChain(
  delivery: EventDelivery,
  chain: ClaimedChain,
  isStopping: () => boolean,
): Promise<{ readonly delivered: number; readonly failed: number }> {
  const { storage, clock, logger } = delivery
  const { scope } = chain
  let claim = chain
  let [delivered, failed] = [0, 0]
  for (const event of await nextEvents(delivery, chain)) {
    // A process that stood still must not overtake the one that has taken over since.
    if (isStopping() || clock() + delivery.timeoutMs > claim.leaseUntil) break
    const { attempts } = claim
    const reason = await attempt(delivery, event, attempts)
    if (reason === null) delivered++
    else failed++
    const details = { scope, seq: event.seq, eventId: event.id, type: event.type, attempts, reason }
    if (reason !== null && attempts < delivery.attempts) {
      logger.warn(details, 'an event could not be delivered; will try again')
      const dueAt = clock() + backoffMs(attempts)
      await retryWhenBusy(() => storage.transaction({}, (tx) => tx[delivery.chains].postpone(claim, dueAt)))
      return { delivered, failed }
    }
    if (reason !== null) logger.error(details, 'an event could not be delivered; gave up and went on')
    const next = await passOver(delivery, claim, event, reason)
    if (!next) {
      logger.warn(details, 'a delivery took so long that somebody else has taken over')
      return { delivered, failed }
    }
    claim = next
  }
  await retryWhenBusy(() => storage.transaction({}, (tx) => tx[delivery.chains].release(claim, clock())))
  return { delivered, failed }
}

async function nextEvents({ storage }: EventDelivery, { scope, seq }: ClaimedChain) {
  const query = { scope, order: 'oldest', after: seq, limit: EVENTS } as const
  const events = await retryWhenBusy(() => storage.read.events.list(query))
  // Only commands append, and what their events tell is declared in EventData.
  return events as readonly TenancyEvent[]
}

/** Why it was not taken, or `null`. */
async function attempt(delivery: EventDelivery, event: TenancyEvent, attempts: number): Promise<string | null> {
  // Whoever claimed it last has crashed each time; perhaps because of it.
  if (attempts > delivery.attempts) return 'No attempt ever came to an end'
  try {
    await withTimeout(delivery.timeoutMs, delivery.deliver(event))
    return null
  } catch (error) {
    return describeFailure(error)
  }
}

/** Notes that an event was delivered, or that it is dead and why. Answers the claim on what follows, if it is still ours. */
async function passOver(
  { storage, chains, clock, leaseMs }: EventDelivery,
  claim: ClaimedChain,
  { id, scope, seq, type, at }: TenancyEvent,
  reason: string | null,
): Promise<ClaimedChain | null> {
  const now = clock()
  const next = { scope, seq, attempts: 1, leaseUntil: now + leaseMs }
  const isOurs = await retryWhenBusy(() =>
    storage.transaction({}, async (tx) => {
      if (!(await tx[chains].advance(claim, { seq, at, leaseUntil: next.leaseUntil }))) return false
      const { attempts } = claim
      if (reason !== null && chains === 'eventDelivery')
        await tx.eventDelivery.insertDeadLetter({ id, scope, seq, type, attempts, lastError: reason, diedAt: now })
      return true
    }),
  )
  return isOurs ? next : null
}
