import { Pool } from 'pg'
import { describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'
import { statementNames } from './statement-names.js'

const database = useTestDatabase()

/** What is prepared on a connection after the same reads, twice. */
async function prepared(options: { readonly preparedStatements?: boolean }): Promise<string[]> {
  const migrating = postgresStorage({ connectionString: database.url })
  await migrating.migrate()
  await migrating.close()
  const pool = new Pool({ connectionString: database.url, max: 1 })
  const storage = postgresStorage({ pool, ...options })
  for (const id of ['ann', 'bob']) {
    await storage.read.users.find(id)
    await storage.read.tenants.find(id)
    await storage.transaction({ users: [id] }, (tx) => tx.users.find(id))
  }
  const { rows } = await pool.query<{ statement: string }>('select statement from pg_prepared_statements order by 1')
  await pool.end()
  return rows.map(({ statement }) => statement)
}

describe('the name of a statement', () => {
  test('is one for each text, whoever asks, and short enough to be told apart', () => {
    const [one, other] = [statementNames(), statementNames()]
    const texts = ['select $1', 'select $1 ', `select $1 /* ${'long '.repeat(100)} */`]
    const names = texts.map(one)
    expect(new Set(names).size).toBe(3)
    expect([...texts].reverse().map(other).reverse()).toEqual(names)
    // The server cuts a name off after 63 bytes.
    for (const name of names) expect(name).toMatch(/^tenantry_[\w-]{1,54}$/)
  })

  test('lets a connection prepare it once', async () => {
    expect(await prepared({})).toEqual([
      expect.stringContaining('from "tenancy"."tenants"'),
      expect.stringContaining('from "tenancy"."users"'),
    ])
  })

  test('is not given when prepared statements are off', async () => {
    expect(await prepared({ preparedStatements: false })).toEqual([])
  })

  test('stays good for a statement of which the table got another column', async () => {
    const pool = new Pool({ connectionString: database.url, max: 1 })
    const storage = postgresStorage({ pool, schema: 'later' })
    await storage.migrate()
    const page = { limit: 5 }
    const { events, files, invitations, mails, ownershipTransfers } = storage.read
    const reads = [
      () => events.list({ scope: { tenantId: 'acme' }, order: 'newest', limit: 5 }),
      () => files.find({ tenantId: 'acme', id: 'logo' }),
      () => invitations.find({ tenantId: 'acme', id: 'one' }),
      () => invitations.list({ tenantId: 'acme', page }),
      () => mails.listDead({ page }),
      () => ownershipTransfers.find('acme'),
    ]
    for (const read of reads) await read()
    for (const table of ['tenant_events', 'files', 'invitations', 'mails', 'ownership_transfers'])
      await database.query(`alter table later.${table} add column later text`)
    for (const read of reads) await read()
    await pool.end()
  })
})
