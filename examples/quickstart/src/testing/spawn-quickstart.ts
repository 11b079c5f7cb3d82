import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Announcement } from '../start-quickstart.js'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** A folder that is gone after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'quickstart-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The real command in a process of its own, on any free port, with a database in `folder`. */
export function spawnQuickstart({
  folder,
  args = [],
  env = {},
}: {
  readonly folder: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    env: { PATH: process.env.PATH, PORT: '0', DATABASE_URL: path.join(folder, 'quickstart.sqlite'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text))
  }
  // 'close' comes when everything printed has been read, too.
  const closed = once(child, 'close').then(([code, signal]: unknown[]) => ({ code, signal, ...printed }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await closed
  })

  /** Resolves as soon as `isThere` holds; rejects with what was printed when the process ends before. */
  async function until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      const ended = await Promise.race([closed, new Promise<null>((resolve) => setTimeout(resolve, 5, null))])
      if (ended && !isThere()) throw new Error(`ended with ${String(ended.code)} before that:\n${ended.stderr}`)
    }
  }

  return {
    printed,
    closed,
    until,
    untilFile: (name: string) => until(() => existsSync(path.join(folder, name))),
    /** What the JSON line told. */
    async announced(): Promise<Announcement> {
      await until(() => printed.stdout.includes('\n'))
      // It is what the start prints, and the tests that follow would notice anything else.
      return JSON.parse(printed.stdout.split('\n')[0] ?? '') as Announcement
    },
    stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal)
      return closed
    },
  }
}
