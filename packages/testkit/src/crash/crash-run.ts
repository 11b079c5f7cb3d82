import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { requireKnownOptions } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import { checkSurvivors } from './check-survivors.js'
import type { Acknowledged } from './live-in-one-tenant.js'
import type { WriterReport } from './writer.js'

export interface CrashRunOptions {
  /** The module a writer runs: it opens the same database and calls {@link serveWriter}. */
  readonly module: string | URL
  /** What the module finds in `process.argv` from the third place on. */
  readonly arguments?: readonly string[]
  /** Options of Node itself, such as `--import` of a loader. */
  readonly execArgv?: readonly string[]
  /** Opens the database anew, as a process does that starts after the crash. */
  readonly open: () => Storage
  /** The file in which every mail is noted that was sent. */
  readonly mailFile: string
  /** How many writers are killed, one after the other. */
  readonly kills: number
  /** When a writer is killed: at that write, or after so many milliseconds from the start of its migration. */
  readonly moment: () => { readonly write: number } | { readonly migrationMs: number }
}

const KNOWN: Readonly<Record<keyof CrashRunOptions, true>> = {
  module: true,
  arguments: true,
  execArgv: true,
  open: true,
  mailFile: true,
  kills: true,
  moment: true,
}

export interface CrashRunReport {
  /** Writes that were acknowledged to the process that was killed. */
  readonly acknowledged: number
  /** Mails that a killed process had left behind. */
  readonly emailsSentAfterwards: number
}

/** A killed process may have sent its last commit to a database server that is still at it. */
const UNTIL_THE_DATABASE_KNOWS_MS = 100

/**
 * Kills writers with SIGKILL, each in the middle of its work, and looks at the database after each: it opens, is
 * migrated, every tenant is whole, no acknowledged write is lost, and every mail that a write caused is sent.
 *
 * Rejects with what is wrong.
 */
export async function crashRun(options: CrashRunOptions): Promise<CrashRunReport> {
  requireKnownOptions('crashRun', options, KNOWN)
  const acknowledged: Acknowledged[] = []
  let emailsSentAfterwards = 0
  for (let kill = 0; kill < options.kills; kill++) {
    acknowledged.push(...(await killWriter(options)))
    await sleep(UNTIL_THE_DATABASE_KNOWS_MS)
    emailsSentAfterwards += await checkSurvivors({ storage: options.open(), mailFile: options.mailFile, acknowledged })
  }
  return { acknowledged: acknowledged.length, emailsSentAfterwards }
}

/** Answers what a writer was told before it was killed. */
async function killWriter({ module, moment, execArgv = [], ...options }: CrashRunOptions) {
  const acknowledged: Acknowledged[] = []
  const problems: string[] = []
  const at = moment()
  const writer = fork(module, [...(options.arguments ?? [])], { execArgv: [...execArgv] })
  const kill = () => writer.kill('SIGKILL')
  // A writer sends nothing but reports.
  writer.on('message', (message) => hear(message as WriterReport))
  const [, signal] = (await once(writer, 'exit')) as [number | null, string | null]
  if (signal !== 'SIGKILL') problems.push(`It ended by itself: ${signal ?? 'without a signal'}.`)
  if (problems.length > 0) throw new Error(`A writer was not killed in the middle of its work. ${problems.join(' ')}`)
  return acknowledged

  function hear(report: WriterReport): void {
    if ('acknowledged' in report) {
      acknowledged.push(report.acknowledged)
      if ('write' in at && acknowledged.length === at.write) kill()
    } else if ('migrates' in report) {
      if ('migrationMs' in at) setTimeout(kill, at.migrationMs)
    } else {
      problems.push('broke' in report ? `It broke: ${report.broke}` : 'It had written everything.')
      kill()
    }
  }
}
