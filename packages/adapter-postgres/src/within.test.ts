import { createTenancy } from '@tenantry/core'
import {
  companyOptions,
  annAndBobFixture,
  withinHostCases,
  type HostUnderTest,
  type OpenHost,
  type Told,
} from '@tenantry/kysely-storage/testing'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

interface Company {
  readonly company: { readonly name: string }
}

const database = useTestDatabase()
// The host's transaction takes the only connection there is.
let pool: pg.Pool
let others: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database.url, max: 1 })
  others = new pg.Pool({ connectionString: database.url })
})
afterAll(() => Promise.all([pool.end(), others.end()]))

async function hostFixture(begin: (schema: string) => Promise<OpenHost>) {
  const schema = database.newSchema()
  const notified: Told = { heard: [], delivered: [], sent: [] }
  const tenancy = createTenancy({ storage: postgresStorage({ pool, schema }), ...companyOptions(notified) })
  const elsewhere = createTenancy({ storage: postgresStorage({ pool: others, schema }), ...companyOptions(notified) })
  await tenancy.migrate()
  await annAndBobFixture(tenancy)
  await others.query(`create table ${schema}.company (name text not null)`)
  tenancy.on('*', (event) => notified.heard.push(event))
  const host: HostUnderTest = {
    tenancy,
    elsewhere,
    begin: () => begin(schema),
    async count(table) {
      const { rows } = await others.query<{ count: string }>(`select count(*) from ${schema}.${table}`)
      return Number(rows[0]?.count)
    },
  }
  return { host, notified }
}

async function onClient(schema: string): Promise<OpenHost> {
  const client = await pool.connect()
  await client.query('begin')
  const end = async (statement: string) => {
    await client.query(statement)
    client.release()
  }
  return {
    transaction: client,
    insertCompany: async (name) => void (await client.query(`insert into ${schema}.company values ($1)`, [name])),
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  }
}

async function byKysely(schema: string): Promise<OpenHost> {
  const db = new Kysely<Company>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const transaction = await db.startTransaction().execute()
  return {
    transaction,
    insertCompany: async (name) => void (await transaction.insertInto('company').values({ name }).execute()),
    commit: () => transaction.commit().execute(),
    rollback: () => transaction.rollback().execute(),
  }
}

describe.each([
  ['on a client of pg', onClient],
  ["of the host's Kysely", byKysely],
])('within a transaction %s', (_, begin) => {
  test.each(withinHostCases)('$name', async ({ run }) => {
    const { host, notified } = await hostFixture(begin)
    await run(host, notified)
  })
})
