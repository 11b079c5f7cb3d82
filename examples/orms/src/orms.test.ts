import { postgresStorage } from '@tenantry/adapter-postgres'
import { createTenancy, SYSTEM, type Tenancy } from '@tenantry/core'
import { drizzle as drizzleOn } from 'drizzle-orm/node-postgres'
import { sql } from 'drizzle-orm'
import createKnex, { type Knex } from 'knex'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { DataSource } from 'typeorm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import * as drizzle from './drizzle.js'
import * as knex from './knex.js'
import * as typeorm from './typeorm.js'

const database = useTestDatabase()
type Inside = ReturnType<Tenancy['withTransaction']>
type Run = (text: string) => Promise<unknown>
type Work = (run: Run, inside: Inside) => Promise<void>

let pool: pg.Pool
let knexHost: Knex
let dataSource: DataSource
let kysely: Kysely<{ invoice: { title: string } }>

function openTenancy() {
  return createTenancy({ storage: postgresStorage({ pool, schema: 'tenancy' }), resources: { invoice: ['read'] } })
}
let own: ReturnType<typeof openTenancy>
let tenancy: Tenancy

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: database.url })
  own = openTenancy()
  tenancy = own
  await own.migrate()
  await database.query('create table company (tenant_id text primary key, name text not null)')
  await database.query('create table invoice (tenant_id text, title text, owner_id text, visibility text)')
  for (const id of ['ann', 'bob'])
    await own.as(SYSTEM).users.ensure({ id, email: `${id}@example.com`, emailVerified: true })
  knexHost = createKnex({ client: 'pg', connection: database.url })
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize()
  kysely = new Kysely({ dialect: new PostgresDialect({ pool }) })
})
afterAll(async () => {
  await knexHost.destroy()
  await dataSource.destroy()
  await own.close()
  await pool.end()
})

const hosts: Record<string, (work: Work) => Promise<void>> = {
  async pg(work) {
    const client = await pool.connect()
    try {
      await client.query('begin')
      await work((text) => client.query(text), tenancy.withTransaction(client))
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  },
  Kysely: (work) =>
    kysely.transaction().execute((transaction) => {
      const run: Run = (text) => transaction.executeQuery({ sql: text, parameters: [] } as never)
      return work(run, tenancy.withTransaction(transaction))
    }),
  Drizzle: (work) =>
    drizzle.inTransaction({ pool, tenancy }, (db, inside) => work((text) => db.execute(sql.raw(text)), inside)),
  Knex: (work) =>
    knex.inTransaction({ knex: knexHost, tenancy }, (db, inside) => work(async (text) => db.raw(text), inside)),
  TypeORM: (work) =>
    typeorm.inTransaction({ dataSource, tenancy }, (db, inside) => work((text) => db.query(text), inside)),
}

describe.each(Object.entries(hosts))('a transaction of %s', (name, transact) => {
  const slug = name.toLowerCase()
  const signUp: Work = async (run, inside) => {
    const { id } = await inside.as({ userId: 'ann' }).tenants.create({ name, slug })
    await run(`insert into company values ('${id}', '${slug}')`)
  }
  const found = async () => ({
    tenants: (await database.query(`select from tenancy.tenants where slug = '${slug}'`)).length,
    companies: (await database.query(`select from company where name = '${slug}'`)).length,
  })

  it('leaves neither row when it is rolled back', async () => {
    const failing: Work = async (run, inside) => {
      await signUp(run, inside)
      throw new Error('The host changed its mind')
    }
    await expect(transact(failing)).rejects.toThrow('changed its mind')
    expect(await found()).toEqual({ tenants: 0, companies: 0 })
  })

  it('keeps both rows when it is committed', async () => {
    await transact(signUp)
    expect(await found()).toEqual({ tenants: 1, companies: 1 })
  })
})

describe('a filter as a condition', () => {
  it('selects the rows that `can` allows, in Kysely, Drizzle, Knex and TypeORM', async () => {
    const ann = own.as({ userId: 'ann' })
    const { id: acme } = await ann.tenants.create({ name: 'Acme' })
    const { id: zoo } = await ann.tenants.create({ name: 'Zoo' })
    await ann.in(acme).members.add({ email: 'bob@example.com', role: 'viewer' })
    const invoices = [acme, zoo].flatMap((tenantId) =>
      ['ann', 'bob', null].flatMap((ownerId) =>
        (['tenant', 'private'] as const).map((visibility) => ({ tenantId, ownerId, visibility })),
      ),
    )
    const titled = invoices.map((invoice, index) => ({ ...invoice, title: `invoice-${index}` }))
    for (const { tenantId, title, ownerId, visibility } of titled)
      await pool.query('insert into invoice values ($1, $2, $3, $4)', [tenantId, title, ownerId, visibility])
    for (const userId of ['ann', 'bob']) {
      const access = await own.as({ userId }).in(acme).access()
      const expected = titled.filter((one) => access.can('invoice:read', one)).map(({ title }) => title)
      expect(expected.length).toBeGreaterThan(0)
      expect(expected.length).toBeLessThan(titled.length)
      const filter = access.filter('invoice:read', { owner: 'owner_id', visibility: 'visibility' })
      const titles = (rows: readonly object[]) => rows.map((row) => Object(row).title).sort()
      const query = sql`select title from invoice where ${drizzle.toDrizzle(filter)}`
      const builder = dataSource.createQueryBuilder().select('title').from('invoice', 'invoice')
      expect(titles(await kysely.selectFrom('invoice').select('title').where(filter).execute())).toEqual(
        expected.sort(),
      )
      expect(titles((await drizzleOn(pool).execute(query)).rows)).toEqual(expected)
      expect(titles(await knexHost('invoice').select('title').where(knex.toKnex(knexHost, filter)))).toEqual(expected)
      expect(titles(await builder.where(...typeorm.toTypeorm(filter)).getRawMany())).toEqual(expected)
    }
  })
})
