import { createTenancy, SYSTEM } from '@tenantry/core'
import { storageContract } from '@tenantry/core/contract'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasPgBouncer, startPgBouncer, type PgBouncer } from '../../../scripts/pgbouncer.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

// The cases in which it matters that statements of one caller run on several connections.
const cases = storageContract.filter(({ id }) => /^(migrate|transaction|access-find|mail-claim|counter-add)/.test(id))

describe.skipIf(!hasPgBouncer())('postgres storage behind PgBouncer in transaction mode', () => {
  const database = useTestDatabase()
  let bouncer: PgBouncer
  let pool: Pool

  beforeAll(async () => {
    bouncer = await startPgBouncer(database.url)
    pool = new Pool({ connectionString: bouncer.url })
  })

  afterAll(async () => {
    await pool.end()
    await bouncer.stop()
  })

  test.each(cases)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const schema = database.newSchema()
      return {
        storage: postgresStorage({ pool, schema, preparedStatements: false }),
        dispose: async () => void (await database.query(`drop schema if exists ${schema} cascade`)),
      }
    }),
  )

  test('leaves no setting on the connections that it shares with others', async () => {
    const storage = postgresStorage({ pool, preparedStatements: false, statementTimeout: 1234 })
    await storage.migrate()
    await Promise.all(Array.from({ length: 20 }, () => storage.transaction({}, (tx) => tx.counters.sweep(1))))
    const timeouts = await Promise.all(Array.from({ length: 20 }, () => pool.query('show statement_timeout')))
    expect(new Set(timeouts.map(({ rows }) => rows[0].statement_timeout))).toEqual(new Set(['0']))
  })

  test('serves every call though PgBouncer loses prepared statements, and says so once', async () => {
    await postgresStorage({ pool, preparedStatements: false }).migrate()
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    // Each has 20 connections to PgBouncer, which has two to PostgreSQL.
    const wide = new Pool({ connectionString: bouncer.url, max: 20 })
    const tenancy = createTenancy({ storage: postgresStorage({ pool: wide }) })
    const host = tenancy.as(SYSTEM)
    const calls = Array.from({ length: 800 }, (_, index) =>
      index % 4 === 0
        ? host.users.create({ id: `user-${index}`, email: `user-${index}@example.com` })
        : host.users.get({ userId: `user-${index}` }),
    )
    const reasons = calls.map((call) => call.then(() => null).catch((reason: { code?: string }) => reason))
    const failures = (await Promise.all(reasons)).filter((reason) => reason && reason.code !== 'user_not_found')
    expect(failures).toEqual([])
    // PgBouncer 1.21 and later may keep track of them.
    expect(warn.mock.calls.length).toBeLessThanOrEqual(1)
    warn.mockRestore()
    await wide.end()
  })

  test('has PostgreSQL stop a read that takes too long, also one that waits for a connection', async () => {
    const setup = postgresStorage({ pool, schema: 'slow', preparedStatements: false })
    await setup.migrate()
    const wide = new Pool({ connectionString: bouncer.url, max: 8 })
    const storage = postgresStorage({ pool: wide, schema: 'slow', preparedStatements: false, statementTimeout: 200 })
    await storage.read.users.find('ann')
    const blocker = new Client({ connectionString: database.url })
    await blocker.connect()
    await blocker.query('begin; lock table slow.users in access exclusive mode')
    for (let round = 0; round < 3; round++) {
      for (const outcome of await Promise.allSettled(
        Array.from({ length: 16 }, () => storage.read.users.find('ann')),
      )) {
        const message = expect.stringContaining('statementTimeout')
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', message } })
      }
    }
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(() => database.query(waiting)).toEqual([])
    await blocker.query('rollback')
    await blocker.end()
    expect(await storage.read.users.find('ann')).toBeNull()
    await wide.end()
  })
})
