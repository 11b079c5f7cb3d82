import { createTenancy, SYSTEM, type Storage } from '@tenantry/core'
import { Pool } from 'pg'
import { describe, expect, test, vi } from 'vitest'
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

/** As a pooler does it: the server knows the name, and pg does not. */
async function prepareElsewhere(pool: Pool, name = '') {
  const before = await pool.connect()
  before.release(true)
  await pool.query(`prepare "${name}" as select 1`)
}

describe('the name of a statement', () => {
  test('is one for each text, whoever asks, and short enough to be told apart', () => {
    const [one, other] = [statementNames({ preparedStatements: true }), statementNames({ preparedStatements: true })]
    const texts = ['select $1', 'select $1 ', `select $1 /* ${'long '.repeat(100)} */`]
    const names = texts.map(one.of)
    expect(new Set(names).size).toBe(3)
    expect([...texts].reverse().map(other.of).reverse()).toEqual(names)
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

  test.each([
    ['a connection forgot', 'deallocate all'],
    ['somebody else has prepared', 'prepared by another'],
  ])('is given to none any more once %s one: the call succeeds, and one warning says why', async (_name, how) => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const pool = new Pool({ connectionString: database.url, max: 1 })
    const storage = postgresStorage({ pool, schema: 'lost' })
    await storage.migrate()
    await storage.read.users.find('ann')
    const named = 'select name from pg_prepared_statements'
    const { rows } = await pool.query<{ name: string }>(named)
    if (how === 'deallocate all') await pool.query(how)
    else await prepareElsewhere(pool, rows[0]?.name)
    for (let call = 0; call < 3; call++) {
      expect(await storage.read.users.find('ann')).toBeNull()
      expect(await storage.read.tenants.find('acme')).toBeNull()
    }
    expect((await pool.query(named)).rowCount).toBe(how === 'deallocate all' ? 0 : 1)
    expect(warn.mock.calls.map(([, options]) => options)).toMatchObject([{ code: 'TENANTRY_LOST_STATEMENT' }])
    warn.mockRestore()
    await pool.end()
  })

  test('that was lost within a transaction makes it busy, and a command runs again', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const find = (storage: Storage) => storage.transaction({}, (tx) => tx.users.find('ann'))
    const pools: Pool[] = []
    const forgetful = async () => {
      const pool = new Pool({ connectionString: database.url, max: 1 })
      pools.push(pool)
      const storage = postgresStorage({ pool, schema: 'lost_within' })
      await storage.migrate()
      await find(storage)
      await pool.query('deallocate all')
      return storage
    }
    const storage = await forgetful()
    await expect(find(storage)).rejects.toMatchObject({ name: 'StorageError', code: 'busy', cause: { code: '26000' } })
    expect(await find(storage)).toBeNull()

    const host = createTenancy({ storage: await forgetful() }).as(SYSTEM)
    expect(await host.users.create({ id: 'ann', email: 'ann@example.com' })).toMatchObject({ id: 'ann' })
    warn.mockRestore()
    await Promise.all(pools.map((pool) => pool.end()))
  })

  test("that was lost within the host's transaction is done without, and the transaction goes on", async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const pool = new Pool({ connectionString: database.url, max: 2 })
    const storage = postgresStorage({ pool, schema: 'lost_by_host' })
    await storage.migrate()
    const tenancy = createTenancy({ storage })
    const client = await pool.connect()
    const host = async (id: string) => {
      const within = tenancy.withTransaction(client).as(SYSTEM)
      await within.users.create({ id, email: `${id}@example.com` })
      return within.users.get({ userId: id })
    }
    await client.query('begin')
    await host('ann')
    await client.query('deallocate all')
    expect(await host('bob')).toMatchObject({ id: 'bob' })
    await client.query('commit')
    client.release()
    expect(await tenancy.as(SYSTEM).users.get({ userId: 'ann' })).toMatchObject({ id: 'ann' })
    expect(warn).toHaveBeenCalledOnce()
    warn.mockRestore()
    await pool.end()
  })

  test('stays good for a statement of which the table got another column', async () => {
    const pool = new Pool({ connectionString: database.url, max: 1 })
    const storage = postgresStorage({ pool, schema: 'later' })
    await storage.migrate()
    const page = { limit: 5 }
    const { events, files, invitations, emails, ownershipTransfers } = storage.read
    const reads = [
      () => events.list({ scope: { tenantId: 'acme' }, order: 'newest', limit: 5 }),
      () => files.find({ tenantId: 'acme', id: 'logo' }),
      () => invitations.find({ tenantId: 'acme', id: 'one' }),
      () => invitations.list({ tenantId: 'acme', page }),
      () => emails.listDeadLetters({ page }),
      () => ownershipTransfers.find('acme'),
    ]
    for (const read of reads) await read()
    for (const table of ['tenant_events', 'files', 'invitations', 'emails', 'ownership_transfers'])
      await database.query(`alter table later.${table} add column later text`)
    for (const read of reads) await read()
    await pool.end()
  })
})
