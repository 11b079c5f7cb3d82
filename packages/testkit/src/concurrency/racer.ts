import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '@tenantry/core'
import { answerCall } from './answer-call.js'
import type { Answer, Call } from './race-case.js'
import { raceTenancy } from './race-tenancy.js'

/** What a racer is told: its calls, and the moment (milliseconds since 1970) at which all racers begin. */
export interface Heat {
  readonly calls: readonly Call[]
  readonly startsAt: number
}

/** What a racer tells: that it is ready, or what came of its calls. */
export type RacerReport =
  { readonly ready: true } | { readonly answers: readonly Answer[] } | { readonly broke: string }

/**
 * Races for the process that forked this one, until it disconnects. To be called by the module that is handed to
 * {@link raceBetweenProcesses}, with a storage on the shared database.
 */
export async function serveRacer(storage: Storage): Promise<void> {
  const tenancy = raceTenancy(storage)
  // All racers migrate the empty database at once.
  await tenancy.migrate()
  process.on('message', (heat: Heat) => {
    void run(heat).then(report, (error: unknown) =>
      report({ broke: error instanceof Error ? `${error.stack}` : String(error) }),
    )
  })
  process.once('disconnect', () => void tenancy.close())

  async function run({ calls, startsAt }: Heat): Promise<RacerReport> {
    await sleep(Math.max(0, startsAt - Date.now()))
    return { answers: await Promise.all(calls.map((call) => answerCall(tenancy, call))) }
  }

  function report(message: RacerReport): void {
    process.send?.(message)
  }

  report({ ready: true })
}
