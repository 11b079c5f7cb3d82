import type { Worker } from '../../pipeline/worker.js'
import { oneAtATime } from './one-at-a-time.js'

interface WorkerOptions<Result> {
  /** Delivers until nothing is due, or until the worker is stopping. */
  readonly drain: (isStopping: () => boolean) => Promise<Result>
  readonly pollMs: number
  /** Whether {@link Worker.wake} does anything before the first start. */
  readonly wakesBeforeStart: boolean
  readonly onError: (error: unknown) => void
}

/** A worker that drains one run at a time. */
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
