import { randomBytes } from 'node:crypto'
import type { Storage } from '@tenantry/core'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { enterTenant, postgresStorage, protectTable } from './index.js'

const database = useTestDatabase()
const role = `tenantry_beside_${randomBytes(8).toString('hex')}`
/** Connections of a role that policies bind. */
let pool: pg.Pool
let storage: Storage

beforeAll(async () => {
  await database.query(`create role ${role}`)
  const { pathname } = new URL(database.url)
  await database.query(`grant create on database ${pathname.slice(1)} to ${role}`)
  await database.query(`grant all on schema public to ${role}`)
  pool = new pg.Pool({ connectionString: database.url, options: `-c role=${role}` })
  await pool.query('create table note (position serial, tenant_id text not null, text text not null)')
  await protectTable(pool, { table: 'note' })
  storage = postgresStorage({ pool, schema: database.newSchema(), rowLevelSecurity: true })
  await storage.migrate()
})
beforeEach(async () => void (await database.query('truncate note')))
afterAll(async () => {
  await pool.end()
  await database.query(`drop owned by ${role} cascade`)
  await database.query(`drop role ${role}`)
})

async function transactionFixture() {
  const client = await pool.connect()
  await client.query('begin')
  onTestFinished(async () => {
    await client.query('rollback')
    client.release()
  })
  return client
}

const turn = () => new Promise(setImmediate)
const notes = () =>
  database.query<{ text: string; tenant_id: string }>('select text, tenant_id from note order by position')
const texts = async () => (await notes()).map(({ text }) => text)

/** Statements of ours under another tenant than the host's, and a write; many round trips. */
async function work(within: Storage, { fails = false } = {}): Promise<unknown> {
  const run = within.transaction({ tenants: ['b'] }, async (tx) => {
    await tx.tenants.find('b')
    await tx.counters.add({ key: 'k', points: 1, expiresAt: 2, now: 1 })
    await tx.tenants.countAll()
    await tx.memberships.count({ tenantId: 'b' })
    if (fails) throw new Error('refused')
  })
  return run.catch((error: unknown) => error)
}

describe.each([false, true])('a statement that the host sends beside work that fails: %s', (fails) => {
  test('runs under the tenant that the host entered, and is kept: on a client', async () => {
    const client = await transactionFixture()
    await enterTenant(client, 'a')
    const within = storage.withTransaction(client)
    await work(within)
    const sent: Promise<{ rows: { tenant: string }[] }>[] = []
    for (let round = 0; round < 10; round += 1) {
      let isDone = false
      const done = work(within, { fails }).finally(() => (isDone = true))
      for (let number = 0; !isDone && number < 30; number += 1) {
        sent.push(client.query(`insert into note (tenant_id, text) values ('a', 'x') returning ${current} as tenant`))
        await (round % 2 === 0 ? turn() : sent.at(-1))
      }
      expect((await done) instanceof Error).toBe(fails)
    }
    const tenants = (await Promise.all(sent)).map(({ rows }) => rows[0]?.tenant)
    expect(new Set(tenants)).toEqual(new Set(['a']))
    await client.query('commit')
    expect(await notes()).toHaveLength(sent.length)
    await client.query('begin')
  })

  test("runs under the tenant that the host entered, and is kept: in the host's Kysely", async () => {
    const db = new Kysely<{ note: { tenant_id: string; text: string } }>({ dialect: new PostgresDialect({ pool }) })
    const transaction = await db.startTransaction().execute()
    await sql`select set_config('tenancy.tenant_id', 'a', true)`.execute(transaction)
    const within = storage.withTransaction(transaction)
    const sent: Promise<{ tenant: string } | undefined>[] = []
    for (let round = 0; round < 10; round += 1) {
      let isDone = false
      // Another object, and the same connection.
      const other = storage.withTransaction(transaction.withSchema('public'))
      const done = Promise.all([work(within, { fails }), work(other, { fails })]).finally(() => (isDone = true))
      for (let number = 0; !isDone && number < 30; number += 1) {
        const insert = transaction.insertInto('note').values({ tenant_id: 'a', text: 'x' })
        sent.push(insert.returning(sql<string>`${sql.raw(current)}`.as('tenant')).executeTakeFirst())
        await (round % 2 === 0 ? turn() : sent.at(-1))
      }
      for (const outcome of await done) expect(outcome instanceof Error).toBe(fails)
    }
    expect(new Set((await Promise.all(sent)).map((row) => row?.tenant))).toEqual(new Set(['a']))
    await transaction.commit().execute()
    expect(await notes()).toHaveLength(sent.length)
  })
})
const current = `current_setting('tenancy.tenant_id')`

test('statements in every form of pg wait for the unit, and run in the order in which they were sent', async () => {
  const client = await transactionFixture()
  await enterTenant(client, 'a')
  const within = storage.withTransaction(client)
  const insert = (text: string) => `insert into note (tenant_id, text) values ('a', '${text}')`
  await work(within)
  const answers: string[] = []
  const heard = (name: string) => () => void answers.push(name)
  const working = work(within, { fails: true }).then(heard('ours'))
  await turn()
  const promised = client.query(insert('promise')).then(heard('promise'))
  client.query(insert('callback'), heard('callback'))
  client.query('insert into note (tenant_id, text) values ($1, $2)', ['a', 'values'], heard('values'))
  const config = { text: insert('config'), callback: heard('config') }
  expect(client.query(config)).toBeUndefined()
  const submitted = new pg.Query<pg.QueryResultRow, unknown[]>(insert('submitted'))
  const ended = new Promise((resolve) => submitted.on('end', resolve)).then(heard('submitted'))
  expect(client.query(submitted)).toBe(submitted)
  const failing = client.query('savepoint host').then(() => client.query('select 1 / 0'))
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  await client.query('rollback to host')
  // What pg refuses while it is asked is refused then.
  const alsoWorking = work(within)
  await turn()
  expect(() => client.query(undefined as never)).toThrow(TypeError)
  await Promise.all([working, promised, ended, alsoWorking])
  const order = ['promise', 'callback', 'values', 'config', 'submitted']
  expect(answers).toEqual(['ours', ...order])
  await client.query('commit')
  expect(await texts()).toEqual(order)
  await client.query('begin')
})

test('a commit that is sent beside a command waits for it, and the next command finds no transaction', async () => {
  const client = await transactionFixture()
  const within = storage.withTransaction(client)
  const add = (key: string) =>
    within.transaction({}, async (tx) => {
      await tx.counters.add({ key, points: 1, expiresAt: 2, now: 1 })
      await tx.counters.add({ key, points: 1, expiresAt: 2, now: 1 })
    })
  await add('before')
  const counted = () => storage.transaction({}, (tx) => tx.counters.find({ key: 'with', now: 1 }))
  const [kept, , late] = await Promise.allSettled([add('with'), client.query('commit'), add('late')])
  expect(kept.status).toBe('fulfilled')
  expect(late).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) })
  expect(await counted()).toMatchObject({ points: 2 })
  await client.query('begin')
})

test("a callback of the host's Kysely that awaits no command commits after the one that runs", async () => {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  let working: Promise<unknown> | undefined
  await db.transaction().execute(async (transaction) => {
    const within = storage.withTransaction(transaction)
    await work(within)
    working = work(within)
    await turn()
  })
  expect(await working).toBeUndefined()
  expect((await pool.query(`select ${current.replace(')', ', true)')} as tenant`)).rows).toEqual([{ tenant: '' }])
})

describe('the object of the host', () => {
  test('is as it was once no unit runs, and may be wrapped before, meanwhile and after', async () => {
    const client = await transactionFixture()
    const seen: string[] = []
    const wrapped = (name: string) => {
      const query = client.query.bind(client) as (...parameters: unknown[]) => Promise<unknown>
      // As some that trace queries do: not in the same moment.
      const traced = async (...parameters: unknown[]) => {
        await turn()
        seen.push(name)
        return query(...parameters)
      }
      Object.assign(client, { query: traced })
      return traced
    }
    const within = storage.withTransaction(client)
    await work(within)
    expect(Object.hasOwn(client, 'query')).toBe(false)
    const before = wrapped('before')
    await work(within)
    expect(client.query).toBe(before)
    expect(seen.length).toBeGreaterThan(5)
    const working = work(within)
    await turn()
    const meanwhile = wrapped('meanwhile')
    const beside = client.query('select 1')
    await working
    await beside
    expect(client.query).toBe(meanwhile)
    for (const again of [
      work(within),
      client.query('select 1'),
      work(within, { fails: true }),
      client.query('select 1'),
    ])
      await again
    const together = [work(within), client.query('select 1'), work(within), client.query('select 1')]
    await Promise.all(together)
    expect(client.query).toBe(meanwhile)
    Reflect.deleteProperty(client, 'query')
    await work(within)
    expect(Object.hasOwn(client, 'query')).toBe(false)
  })

  test('of Kysely is as it was once no unit runs', async () => {
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    const keys = () => transaction.getExecutor().provideConnection(async (connection) => Object.keys(connection))
    const transaction = await db.startTransaction().execute()
    const before = await keys()
    await work(storage.withTransaction(transaction))
    expect(await keys()).toEqual(before)
    await transaction.rollback().execute()
  })
})
