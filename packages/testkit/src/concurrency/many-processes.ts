import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Storage } from '@tenantry/core'
import type { Response, ConcurrencyHarness, Call } from './concurrency-case.js'
import { concurrencyTenancy } from './concurrency-tenancy.js'
import type { Heat, WorkerReport } from './worker.js'

export interface ManyProcesses {
  /** On the shared database, which need not be migrated. Closing the arena closes it. */
  readonly storage: Storage
  /** The module every worker runs: it opens the same database and calls {@link serveWorker}. */
  readonly module: string | URL
  /** What the module finds in `process.argv` from the third place on. */
  readonly arguments?: readonly string[]
  /** Options of Node itself, such as `--import` of a loader. */
  readonly execArgv?: readonly string[]
  /** How many processes race. */
  readonly processes: number
}

const UNTIL_EVERYBODY_KNOWS_MS = 20

/** A race between processes, each with a storage and connections of its own on one database. */
export async function runBetweenProcesses(options: ManyProcesses): Promise<ConcurrencyHarness> {
  const { storage, module, processes, execArgv = [] } = options
  const start = () =>
    fork(module, [...(options.arguments ?? [])], { execArgv: [...execArgv], serialization: 'advanced' })
  const workers = Array.from({ length: processes }, start)
  await Promise.all(workers.map(hear))
  const tenancy = concurrencyTenancy(storage)
  await tenancy.migrate()
  return {
    tenancy,
    storage,
    race: (calls) => race(workers, calls),
    async close() {
      for (const worker of workers) worker.disconnect()
      await Promise.all(workers.map((worker) => once(worker, 'exit')))
      await tenancy.close()
    },
  }
}

async function race(workers: readonly ChildProcess[], calls: readonly Call[]): Promise<readonly Response[]> {
  const startsAt = Date.now() + UNTIL_EVERYBODY_KNOWS_MS
  const heats = workers.map((_, lane) => calls.filter((_, at) => at % workers.length === lane))
  const reports = workers.map((worker, lane) => {
    const report = hear(worker)
    worker.send({ calls: heats[lane] ?? [], startsAt } satisfies Heat)
    return report
  })
  const responses = (await Promise.all(reports)).map((report) => ('responses' in report ? report.responses : []))
  return calls.map((call, at) => {
    const response = responses[at % workers.length]?.[Math.floor(at / workers.length)]
    if (!response) throw new Error(`Nobody answered the call of ${call.useCase}.`)
    return response
  })
}

/** The next report of a worker; rejects when it broke or ended instead. */
async function hear(worker: ChildProcess): Promise<WorkerReport> {
  const ended = new AbortController()
  try {
    const exit = once(worker, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('A worker ended in the middle of a race.')
    })
    // A worker sends nothing but reports.
    const [report] = (await Promise.race([once(worker, 'message', { signal: ended.signal }), exit])) as [WorkerReport]
    if ('broke' in report) throw new Error(`A worker broke: ${report.broke}`)
    return report
  } finally {
    ended.abort()
  }
}
