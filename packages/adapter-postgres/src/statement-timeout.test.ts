import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '@tenantry/core'
import { userOf } from '@tenantry/kysely-storage/testing'
import { Pool, type PoolConfig } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
let schema: string
let blocker: Pool
const pools: Pool[] = []

beforeEach(async () => {
  schema = database.newSchema()
  const storage = postgresStorage({ connectionString: database.url, schema })
  await storage.migrate()
  await storage.transaction({}, (tx) => tx.users.insert(userOf('ann')))
  await storage.close()
  blocker = new Pool({ connectionString: database.url, max: 1 })
})

afterEach(async () => {
  await blocker.end()
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

function newPool(config: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: database.url, application_name: 'host', ...config })
  pools.push(pool)
  return pool
}

/** Every statement that reads users, and every lock of a person, waits from now on. */
const block = () => blocker.query(`begin; lock table ${schema}.users, ${schema}.user_states in access exclusive mode`)
const unblock = () => blocker.query('rollback')

const tookTooLong = {
  name: 'StorageError',
  code: 'unavailable',
  message: expect.stringContaining('statementTimeout'),
}

/** How many backends serve a pool, at most, while something runs. */
async function mostBackends(applicationName: string, run: Promise<unknown>): Promise<number> {
  const watcher = newPool({ application_name: 'watcher', max: 1 })
  const text = 'select count(*)::int from pg_stat_activity where application_name = $1 and datname = current_database()'
  let most = 0
  let running = true
  const ended = run.finally(() => (running = false))
  while (running) {
    const { rows } = await watcher.query<{ count: number }>(text, [applicationName])
    most = Math.max(most, rows[0]?.count ?? 0)
  }
  await ended
  return most
}

const sleeping = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

describe('a statement timeout', () => {
  let pool: Pool
  let hasty: Storage

  beforeEach(async () => {
    pool = newPool({ max: 1 })
    hasty = postgresStorage({ pool, schema, statementTimeout: 200 })
    await hasty.read.users.find('ann')
    await block()
  })

  test('ends the wait for a lock', async () => {
    await expect(hasty.transaction({ users: ['ann'] }, async () => 'done')).rejects.toMatchObject(tookTooLong)
    await unblock()
    expect(await hasty.transaction({ users: ['ann'] }, async () => 'done')).toBe('done')
  })

  test('ends a read on the server, whose connection goes back to the pool and serves the next', async () => {
    const backend = 'select pg_backend_pid() as pid'
    const before = await pool.query(backend)
    await expect(hasty.read.users.find('ann')).rejects.toMatchObject(tookTooLong)
    // The pool of one connection has it back only when the server has stopped the statement.
    expect((await pool.query(backend)).rows).toEqual(before.rows)
    expect(await database.query(sleeping)).toEqual([])
    await unblock()
    expect(await hasty.read.users.find('ann')).not.toBeNull()
  })

  test('ends a read of a connection whose key nobody knows, which is not used again', async () => {
    pool.on('acquire', (client) => Object.assign(client, { processID: null }))
    await expect(hasty.read.users.find('ann')).rejects.toMatchObject(tookTooLong)
    await unblock()
    expect(await hasty.read.users.find('ann')).not.toBeNull()
  })

  test('ends a transaction that does nothing for so long, so that its locks are not held for ever', async () => {
    await unblock()
    const work = hasty.transaction({ users: ['ann'] }, async (tx) => {
      await sleep(1000)
      return tx.users.find('ann')
    })
    await expect(work).rejects.toMatchObject({ ...tookTooLong, message: expect.stringContaining('paused longer') })
    expect(await hasty.transaction({ users: ['ann'] }, async () => 'done')).toBe('done')
  })
})

describe('a pool', () => {
  const callers = Array.from({ length: 30 })
  const read = ({ read: { users } }: Storage) => Promise.allSettled(callers.map(() => users.find('ann')))
  const list = ({ read: { users } }: Storage) => Promise.allSettled(callers.map(() => users.count({})))

  test.each([
    ["the host's", 'host', 5, () => postgresStorage({ pool: newPool({ max: 5 }), schema, statementTimeout: 50 })],
    [
      "the storage's own",
      'tenantry',
      10,
      () => postgresStorage({ connectionString: database.url, schema, statementTimeout: 50 }),
    ],
  ])(
    '(%s) never has more backends than its size, however many reads take too long',
    async (_whose, name, max, open) => {
      const storage = open()
      await storage.read.users.find('ann')
      await block()
      const outcomes: PromiseSettledResult<unknown>[] = []
      const run = async () => {
        for (let round = 0; round < 3; round++) outcomes.push(...(await read(storage)), ...(await list(storage)))
      }
      expect(await mostBackends(name, run())).toBeLessThanOrEqual(max)
      expect(outcomes).toHaveLength(180)
      for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: tookTooLong })
      expect(await database.query(sleeping)).toEqual([])
      await storage.close()
    },
  )
})

describe('a timeout that somebody else has set', () => {
  test.each([
    ['the statement_timeout of the pool', { options: '-c statement_timeout=50' }, '`statement_timeout`'],
    ['the query_timeout of the pool', { query_timeout: 50 }, '`query_timeout`'],
  ])('(%s) ends a read, and the message says whose it was', async (_whose, config, words) => {
    const storage = postgresStorage({ pool: newPool({ max: 2, ...config }), schema })
    await storage.read.users.find('ann')
    await block()
    const run = Promise.allSettled(Array.from({ length: 10 }, () => storage.read.users.find('ann')))
    expect(await mostBackends('host', run)).toBeLessThanOrEqual(3)
    for (const outcome of await run) {
      const message = expect.stringContaining(words)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', message } })
    }
    await expect.poll(() => database.query(sleeping)).toEqual([])
  })

  test('does not hold in a transaction of the storage, which has its own', async () => {
    const storage = postgresStorage({ pool: newPool({ options: '-c statement_timeout=500' }), schema })
    await storage.read.users.find('ann')
    await block()
    const find = storage.transaction({ users: ['ann'] }, (tx) => tx.users.find('ann'))
    await sleep(1000)
    await unblock()
    expect(await find).toMatchObject({ id: 'ann' })
  })

  test('is told from an operator who cancels a statement', async () => {
    const storage = postgresStorage({ pool: newPool(), schema })
    await storage.read.users.find('ann')
    await block()
    const find = storage.read.users.find('ann').catch((error: unknown) => error)
    const cancel = `select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    while ((await database.query(cancel)).length === 0);
    expect(await find).toMatchObject({ code: 'unavailable', message: expect.stringContaining('cancelled') })
  })
})
