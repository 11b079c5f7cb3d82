import { oneAtATime } from './one-at-a-time.js'

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

interface WorkerOptions<Result> {
  /** Delivers until nothing is due, or until the relay is stopping. */
  readonly drain: (isStopping: () => boolean) => Promise<Result>
  readonly pollMs: number
  /** Whether {@link Relay.wake} does anything before the first start. */
  readonly wakesBeforeStart: boolean
  readonly onError: (error: unknown) => void
}

/** A relay that drains one run at a time. */
export function createWorker<Result>(options: WorkerOptions<Result>): Worker<Result> {
  let timer: NodeJS.Timeout | undefined
  let stopping = false
  let asleep = !options.wakesBeforeStart
  const runs = oneAtATime(() => options.drain(() => stopping))

  function wake(): void {
    if (!asleep) runs.run().catch(options.onError)
  }

  return {
    wake,
    deliverDue: () => runs.run(),
    start() {
      asleep = false
      timer ??= setInterval(wake, options.pollMs).unref()
      wake()
    },
    async stop() {
      asleep = stopping = true
      clearInterval(timer)
      timer = undefined
      await runs.idle()
      stopping = false
    },
  }
}
