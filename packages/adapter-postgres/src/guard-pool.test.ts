import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
const KILLS = 200

beforeAll(async () => {
  const storage = postgresStorage({ connectionString: database.url })
  await storage.migrate()
  await storage.close()
})

/** Reads and writes in a process of its own, whose backends end all the time; answers its exit code and last words. */
async function survive(storage: string): Promise<{ readonly code: unknown; readonly output: string }> {
  const module = `
    import pg from 'pg'
    import { postgresStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const connectionString = ${JSON.stringify(database.url)}
    ${storage}
    const killer = new pg.Client({ connectionString, application_name: 'killer' })
    await killer.connect()
    const kill = \`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name in ('tenantry', 'host')\`
    let kills = 0
    let working = true
    const failures = new Set()
    const work = Array.from({ length: 12 }, async (_, number) => {
      while (working) {
        const run = number % 3 === 0
          ? storage.transaction({ users: ['ann'] }, (tx) => tx.users.find('ann'))
          : storage.read.users.find('ann')
        await run.catch(({ name, code }) => failures.add(name + ' ' + code))
      }
    })
    while (kills < ${KILLS}) {
      kills += (await killer.query(kill)).rows.length
      await new Promise((resolve) => setTimeout(resolve, kills % 7))
    }
    working = false
    await Promise.all(work)
    await storage.read.users.find('ann')
    console.log([...failures].join())
    await killer.end()
    await storage.close()
    process.exit(0)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', module], {
    cwd: import.meta.dirname,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  const [code] = (await once(child, 'close')) as unknown[]
  return { code, output: output.trim() }
}

describe('a process whose backends are ended by the hundred', () => {
  test.each([
    ['a pool of its own', 'const storage = postgresStorage({ connectionString })'],
    [
      "the host's pool",
      `const pool = new pg.Pool({ connectionString, application_name: 'host', max: 5 })
       const storage = postgresStorage({ pool })`,
    ],
    [
      "the host's pool that was in use before",
      `const pool = new pg.Pool({ connectionString, application_name: 'host', max: 5 })
       await Promise.all(Array.from({ length: 5 }, () => pool.query('select pg_sleep(0.1)')))
       const storage = postgresStorage({ pool })`,
    ],
  ])('lives, and meets no failure but an unavailable storage, with %s', async (_whose, storage) => {
    expect(await survive(storage)).toEqual({ code: 0, output: 'StorageError unavailable' })
  })
})

describe('a pool of the host', () => {
  let pool: Pool
  beforeAll(() => (pool = new Pool({ connectionString: database.url })))
  afterAll(() => pool.end())

  test('is listened to once, while a storage on it is open', async () => {
    const mine = () => {}
    pool.on('error', mine)
    const storages = Array.from({ length: 20 }, () => postgresStorage({ pool }))
    expect([pool.listenerCount('error'), pool.listenerCount('acquire')]).toEqual([2, 1])
    for (const storage of storages.slice(1)) await storage.close()
    expect([pool.listenerCount('error'), pool.listenerCount('acquire')]).toEqual([2, 1])
    await storages[0]?.close()
    await storages[0]?.close()
    expect([pool.listeners('error'), pool.listenerCount('acquire')]).toEqual([[mine], 0])
  })

  test('is listened to once on each connection, however many storages come and go', async () => {
    const counts = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const storage = postgresStorage({ pool })
      await storage.read.users.find('ann')
      const client = await pool.connect()
      counts.add(client.listenerCount('error'))
      client.release()
      await storage.close()
    }
    expect(counts).toEqual(new Set([1]))
  })
})
