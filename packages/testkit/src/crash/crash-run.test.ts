import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RUN_TYPESCRIPT } from '../test/loader.js'
import { PROVEN_STORAGES } from '../test/storages.js'
import type { SharedDatabase } from '../test/storages.js'
import { crashRun } from './crash-run.js'
import type { CrashRunOptions } from './crash-run.js'

const TRIALS = Number(process.env['TRIALS'] ?? 1)

/** Processes start slowly on a busy machine. */
const LONG = { timeout: 600_000 }

const SHARED = PROVEN_STORAGES.flatMap(({ name, shared }) => (shared ? [{ name, shared }] : []))

describe.each(SHARED)('on $name', ({ name, shared }) => {
  test(
    'a process that is killed in the middle of a thousand writes leaves nothing half done and loses nothing',
    LONG,
    async () => {
      const moment = () => ({ write: 1 + Math.floor(Math.random() * 999) })
      const report = await crash(name, shared, { kills: TRIALS, moment })
      process.stdout.write(`killed ${TRIALS} times on ${name}: ${JSON.stringify(report)}\n`)
      expect(report.acknowledged).toBeGreaterThanOrEqual(TRIALS)
    },
  )

  test('a process that is killed while it migrates leaves a database that the next one migrates', LONG, async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      await crash(name, shared, { kills: 1, moment: () => ({ migrationMs: Math.random() * 20 }) })
    }
  })
})

async function crash(name: string, shared: SharedDatabase, options: Pick<CrashRunOptions, 'kills' | 'moment'>) {
  const { place, remove } = await shared.create()
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-mails-'))
  const mailFile = join(folder, 'sent')
  try {
    return await crashRun({
      ...options,
      module: new URL('../test/writer.ts', import.meta.url),
      arguments: [name, place, mailFile],
      execArgv: RUN_TYPESCRIPT,
      open: () => shared.open(place),
      mailFile,
    })
  } finally {
    await rm(folder, { recursive: true })
    await remove()
  }
}
