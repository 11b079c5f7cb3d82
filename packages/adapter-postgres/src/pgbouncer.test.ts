import { storageContract } from '@tenantry/core/contract'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

  test('says what to do when prepared statements get lost', async () => {
    const storage = postgresStorage({ pool })
    await postgresStorage({ pool, preparedStatements: false }).migrate()
    const reads = Array.from({ length: 50 }, () => storage.read.users.find('ann'))
    // PgBouncer 1.21 and later may keep track of them.
    for (const outcome of await Promise.allSettled(reads)) {
      if (outcome.status === 'fulfilled') continue
      expect(outcome.reason).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('preparedStatements: false'),
      })
    }
  })
})
