import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.js'

export interface PgBouncer {
  /** The connection string of the same database through PgBouncer. */
  readonly url: string
  stop(): Promise<void>
}

/** Whether PgBouncer is installed. If not, prints how to install it. */
export function hasPgBouncer(): boolean {
  const found = spawnSync('pgbouncer', ['--version']).status === 0
  if (!found) console.warn('PgBouncer is not installed, so nothing is tested behind it: apt-get install pgbouncer')
  return found
}

/** Starts PgBouncer in transaction mode, with two connections to the database of the connection string. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer> {
  const target = new URL(databaseUrl)
  const folder = mkdtempSync(path.join(tmpdir(), 'tenantry-pgbouncer-'))
  const port = await freePort()
  const credentials = `user=${target.username} password=${decodeURIComponent(target.password)}`
  const configuration = path.join(folder, 'pgbouncer.ini')
  writeFileSync(
    configuration,
    `[databases]
    * = host=${target.hostname} port=${target.port || 5432} ${credentials}
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = ${port}
    unix_socket_dir =
    auth_type = any
    pool_mode = transaction
    default_pool_size = 2
    max_client_conn = 200`.replace(/^ +/gm, ''),
  )
  // Like PostgreSQL, it refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
  const bouncer = spawn('pgbouncer', ['-q', ...user, configuration], { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = new Promise((resolve) => bouncer.on('exit', resolve))
  const url = `postgres://any@127.0.0.1:${port}${target.pathname}`
  await responses(url)
  return {
    url,
    async stop() {
      bouncer.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

async function responses(url: string): Promise<void> {
  for (let left = 100; ; left -= 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch (error) {
      if (left === 0) throw error
      await sleep(50)
    } finally {
      await client.end()
    }
  }
}
