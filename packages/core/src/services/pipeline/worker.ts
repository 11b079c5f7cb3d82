import type { TenancyEvent } from '../../events.js'

/** Background worker that drains a queue in the storage. */
export interface Worker<Result> {
  /** Tells that something new was committed; delivery begins in the background. */
  wake(): void
  /** Delivers what is due now, and answers how it went. */
  deliverDue(): Promise<Result>
  /** Looks for what is due again and again, until stopped: retries, and what a crashed process left behind. */
  start(): void
  /** Stops looking and waits for deliveries under way. */
  stop(): Promise<void>
}

/** Takes an event; rejects when it has to be handed over again. */
export type Deliver = (event: TenancyEvent) => Promise<void>

/** Hands the events of all chains to the host. */
export interface EventWorker extends Worker<{ readonly delivered: number; readonly failed: number }> {
  readonly deliver: Deliver
}
