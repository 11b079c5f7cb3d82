import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '@tenantry/core'
import { runCall } from './run-call.js'
import type { Response, Call } from './concurrency-case.js'
import { concurrencyTenancy } from './concurrency-tenancy.js'

/** What a worker is told: its calls, and the moment (milliseconds since 1970) at which all workers begin. */
export interface Heat {
  readonly calls: readonly Call[]
  readonly startsAt: number
}

/** What a worker tells: that it is ready, or what came of its calls. */
export type WorkerReport =
  { readonly ready: true } | { readonly responses: readonly Response[] } | { readonly broke: string }

/**
 * Races for the process that forked this one, until it disconnects. To be called by the module that is handed to
 * {@link runBetweenProcesses}, with a storage on the shared database.
 */
export async function serveWorker(storage: Storage): Promise<void> {
  const tenancy = concurrencyTenancy(storage)
  // All workers migrate the empty database at once.
  await tenancy.migrate()
  process.on('message', (heat: Heat) => {
    void run(heat).then(report, (error: unknown) =>
      report({ broke: error instanceof Error ? `${error.stack}` : String(error) }),
    )
  })
  process.once('disconnect', () => void tenancy.close())

  async function run({ calls, startsAt }: Heat): Promise<WorkerReport> {
    await sleep(Math.max(0, startsAt - Date.now()))
    return { responses: await Promise.all(calls.map((call) => runCall(tenancy, call))) }
  }

  function report(message: WorkerReport): void {
    process.send?.(message)
  }

  report({ ready: true })
}
