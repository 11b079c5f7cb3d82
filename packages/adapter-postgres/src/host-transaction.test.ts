import type { Storage } from '@tenantry/core'
import { storageContract } from '@tenantry/core/contract'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()

const elsewhere = [
  // Migrating is not for a transaction, and there `read` shows what is not committed yet.
  ...['migrate-fresh', 'migrate-again', 'migrate-plan', 'check-unmigrated', 'check-migrated', 'transaction-isolation'],
  // Whether an owner is a member is asked at the commit, which is the host's.
  ...['tenant-owner-is-member', 'tenant-update-owner', 'membership-delete-owner', 'transaction-after-failure'],
]
const contract = storageContract.filter(({ id }) => !elsewhere.includes(id))

const migrated = (storage: Storage): Storage => ({ ...storage, migrate: () => Promise.resolve([]) })

let pool: pg.Pool
beforeAll(() => (pool = new pg.Pool({ connectionString: database.url })))
afterAll(() => pool.end())

async function storageFixture({ preparedStatements = true } = {}) {
  const schema = database.newSchema()
  const storage = postgresStorage({ pool, schema, preparedStatements })
  await storage.migrate()
  return { storage, schema }
}

async function clientFixture() {
  const client = await pool.connect()
  onTestFinished(() => client.release())
  return client
}

// Every case leaves the tables empty, because the host rolls back.
describe.each([true, false])(
  'postgres storage within a transaction of a client, prepared: %s',
  (preparedStatements) => {
    let storage: Storage
    beforeAll(async () => void ({ storage } = await storageFixture({ preparedStatements })))

    test.each(contract)('$id: $name', (contractCase) =>
      contractCase.run(async () => {
        const client = await clientFixture()
        await client.query('begin')
        return {
          storage: migrated(storage.withTransaction(client)),
          dispose: async () => void (await client.query('rollback')),
        }
      }),
    )
  },
)

describe("postgres storage within a transaction of the host's Kysely", () => {
  let storage: Storage
  let hostPool: pg.Pool
  beforeAll(async () => {
    ;({ storage } = await storageFixture())
    hostPool = new pg.Pool({ connectionString: database.url, types: hostTypes })
  })
  afterAll(() => hostPool.end())

  test.each(contract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const db = new Kysely({ dialect: new PostgresDialect({ pool: hostPool }) })
      const transaction = await db.startTransaction().execute()
      return {
        storage: migrated(storage.withTransaction(transaction)),
        dispose: () => transaction.rollback().execute(),
      }
    }),
  )
})

test('a storage that is first used in a transaction of a host reads the clock, whatever the host makes of bigint', async () => {
  const { schema } = await storageFixture()
  for (const types of [hostTypes, { getTypeParser: () => String }]) {
    const reading = new pg.Pool({ connectionString: database.url, types })
    const db = new Kysely({ dialect: new PostgresDialect({ pool: reading }) })
    onTestFinished(() => db.destroy())
    const fresh = postgresStorage({ pool, schema })
    await db.transaction().execute(async (transaction) => {
      expect(await fresh.withTransaction(transaction).read.tenants.countAll()).toBe(0)
    })
    expect(Math.abs(fresh.now() - Date.now())).toBeLessThan(60_000)
  }
})

/** Types as a host may have told its pool to read them: bigint as `bigint`, boolean and json as text. */
const hostTypes = {
  getTypeParser(id: number): (value: string) => unknown {
    if (id === 20 || id === 23) return BigInt
    return id === 16 || id === 114 ? (value) => value : pg.types.getTypeParser(id)
  },
}

const counter = { key: 'k', points: 1, expiresAt: 2, now: 1 }

test('what is no open transaction on PostgreSQL is refused', async () => {
  const { storage } = await storageFixture()
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  for (const candidate of [pool, await clientFixture(), db, db.transaction()])
    expect(() => storage.withTransaction(candidate)).toThrow(TypeError)
})

test('a transaction that has ended is refused, and nothing is written', async () => {
  const { storage, schema } = await storageFixture()
  const client = await clientFixture()
  await client.query('begin')
  const byClient = storage.withTransaction(client)
  expect(await byClient.read.tenants.countAll()).toBe(0)
  await client.query('commit')
  const transaction = await new Kysely({ dialect: new PostgresDialect({ pool }) }).startTransaction().execute()
  const byKysely = storage.withTransaction(transaction)
  await transaction.rollback().execute()
  for (const ended of [byClient, byKysely])
    await expect(ended.transaction({}, (tx) => tx.counters.add(counter))).rejects.toThrow(TypeError)
  expect(await database.query(`select * from ${schema}.counters`)).toEqual([])
})

test('a transaction that reads from a snapshot is refused, and can go on', async () => {
  const { storage } = await storageFixture()
  for (const level of ['repeatable read', 'serializable']) {
    const client = await clientFixture()
    await client.query(`begin isolation level ${level}`)
    await expect(storage.withTransaction(client).read.tenants.countAll()).rejects.toThrow(/read committed/)
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.query('rollback')
  }
})

test('a database without our tables is refused, and the host goes on', async () => {
  const storage = postgresStorage({ pool, schema: database.newSchema() })
  const client = await clientFixture()
  await client.query('begin')
  await expect(storage.withTransaction(client).read.tenants.countAll()).rejects.toMatchObject({ code: 'schema' })
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await client.query('rollback')
})

test('a transaction on another database is refused, wherever its tables came from, and the host goes on', async () => {
  const { storage, schema } = await storageFixture()
  const elsewhere = new URL(database.url)
  elsewhere.pathname = `${elsewhere.pathname}_other`
  await database.query(`create database ${elsewhere.pathname.slice(1)}`)
  const others = new pg.Pool({ connectionString: elsewhere.href })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: others }) })
  onTestFinished(async () => {
    await db.destroy()
    await database.query(`drop database ${elsewhere.pathname.slice(1)}`)
  })
  const twin = postgresStorage({ pool: others, schema })
  await twin.migrate()
  // One that has not been used yet.
  const fresh = postgresStorage({ pool, schema })
  for (const one of [storage, fresh]) {
    await db.transaction().execute(async (transaction) => {
      await expect(one.withTransaction(transaction).read.tenants.countAll()).rejects.toThrow(/another database/)
      expect(await twin.withTransaction(transaction).read.tenants.countAll()).toBe(0)
    })
    const client = await others.connect()
    await client.query('begin')
    const adding = one.withTransaction(client).transaction({}, (tx) => tx.counters.add(counter))
    await expect(adding).rejects.toThrow(/another database/)
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.query('rollback')
    client.release()
  }
})

test("a transaction on the storage's database is entered by another address, by another role, and on the only connection", async () => {
  const { storage, schema } = await storageFixture()
  const address = new URL(database.url)
  address.hostname = address.hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1'
  const onlyOne = new pg.Pool({ connectionString: address.href, options: '-c role=pg_read_all_data', max: 1 })
  onTestFinished(() => onlyOne.end())
  const client = await onlyOne.connect()
  await client.query('begin')
  expect(await storage.withTransaction(client).read.tenants.countAll()).toBe(0)
  const fresh = postgresStorage({ pool: onlyOne, schema })
  expect(await fresh.withTransaction(client).read.tenants.countAll()).toBe(0)
  await client.query('commit')
  client.release()
})

test('who loses a deadlock may roll back, and learns why', async () => {
  const { storage, schema } = await storageFixture()
  await storage.transaction({}, async (tx) => {
    await tx.counters.add(counter)
    await tx.counters.add({ ...counter, key: 'l' })
  })
  const [one, two] = [await clientFixture(), await clientFixture()]
  for (const client of [one, two]) await client.query('begin')
  const add = (client: pg.PoolClient, key: string) =>
    storage.withTransaction(client).transaction({}, (tx) => tx.counters.add({ ...counter, key, expiresAt: 9 }))
  await add(one, 'k')
  await add(two, 'l')
  const outcomes = await Promise.allSettled([
    add(one, 'l').finally(() => one.query('rollback')),
    add(two, 'k').finally(() => two.query('rollback')),
  ])
  const lost = outcomes.find(({ status }) => status === 'rejected')
  expect(lost).toMatchObject({ reason: { code: 'busy', cause: { code: '40P01' } } })
  expect(await database.query(`select distinct points from ${schema}.counters`)).toEqual([{ points: '1' }])
})

test('a question that fails leaves the transaction of the host as it was', async () => {
  const { storage, schema } = await storageFixture()
  const client = await clientFixture()
  await client.query('begin')
  const { read } = storage.withTransaction(client)
  await read.users.find('ann')
  await client.query(`alter table ${schema}.users rename to elsewhere`)
  await expect(read.users.find('ann')).rejects.toMatchObject({ code: 'schema' })
  await client.query(`alter table ${schema}.elsewhere rename to users`)
  expect(await read.users.find('ann')).toBeNull()
  await client.query('rollback')
})
