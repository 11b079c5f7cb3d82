import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Storage } from '@tenantry/core'
import type { Answer, Arena, Call } from './race-case.js'
import { raceTenancy } from './race-tenancy.js'
import type { Heat, RacerReport } from './racer.js'

export interface ManyProcesses {
  /** On the shared database, which need not be migrated. Closing the arena closes it. */
  readonly storage: Storage
  /** The module every racer runs: it opens the same database and calls {@link serveRacer}. */
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
export async function raceBetweenProcesses(options: ManyProcesses): Promise<Arena> {
  const { storage, module, processes, execArgv = [] } = options
  const start = () =>
    fork(module, [...(options.arguments ?? [])], { execArgv: [...execArgv], serialization: 'advanced' })
  const racers = Array.from({ length: processes }, start)
  await Promise.all(racers.map(hear))
  const tenancy = raceTenancy(storage)
  await tenancy.migrate()
  return {
    tenancy,
    storage,
    race: (calls) => race(racers, calls),
    async close() {
      for (const racer of racers) racer.disconnect()
      await Promise.all(racers.map((racer) => once(racer, 'exit')))
      await tenancy.close()
    },
  }
}

async function race(racers: readonly ChildProcess[], calls: readonly Call[]): Promise<readonly Answer[]> {
  const startsAt = Date.now() + UNTIL_EVERYBODY_KNOWS_MS
  const heats = racers.map((_, lane) => calls.filter((_, at) => at % racers.length === lane))
  const reports = racers.map((racer, lane) => {
    const report = hear(racer)
    racer.send({ calls: heats[lane] ?? [], startsAt } satisfies Heat)
    return report
  })
  const answers = (await Promise.all(reports)).map((report) => ('answers' in report ? report.answers : []))
  return calls.map((call, at) => {
    const answer = answers[at % racers.length]?.[Math.floor(at / racers.length)]
    if (!answer) throw new Error(`Nobody answered the call of ${call.useCase}.`)
    return answer
  })
}

/** The next report of a racer; rejects when it broke or ended instead. */
async function hear(racer: ChildProcess): Promise<RacerReport> {
  const ended = new AbortController()
  try {
    const exit = once(racer, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('A racer ended in the middle of a race.')
    })
    // A racer sends nothing but reports.
    const [report] = (await Promise.race([once(racer, 'message', { signal: ended.signal }), exit])) as [RacerReport]
    if ('broke' in report) throw new Error(`A racer broke: ${report.broke}`)
    return report
  } finally {
    ended.abort()
  }
}
