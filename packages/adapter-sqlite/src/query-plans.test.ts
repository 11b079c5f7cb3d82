import { createTenancy, SYSTEM } from '@tenantry/core'
import {
  countingQuestions,
  hotQuestions,
  numberedQuestions,
  orderedQuestions,
  ownQuestions,
  sortedQuestions,
} from '@tenantry/kysely-storage/testing'
import BetterSqlite3 from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { sqliteStorage } from './index.js'

const database = new BetterSqlite3(':memory:')
let run: string[] = []
const noted = (sql: string) => {
  const statement = database.prepare(sql)
  const note = () => run.push(sql)
  return {
    reader: statement.reader,
    readonly: statement.readonly,
    safeIntegers: (enabled: boolean) => statement.safeIntegers(enabled),
    all: (...parameters: unknown[]) => (note(), statement.all(...parameters)),
    run: (...parameters: unknown[]) => (note(), statement.run(...parameters)),
  }
}
const storage = sqliteStorage({
  database: {
    get inTransaction() {
      return database.inTransaction
    },
    prepare: noted,
    exec: (sql) => database.exec(sql),
    pragma: (source, options) => database.pragma(source, options),
    close: () => database.close(),
  },
})

function plan(sql: string): string[] {
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => null)
  const steps = database.prepare<null[], { detail: string }>(`explain query plan ${sql}`).all(...parameters)
  return steps.map(({ detail }) => detail)
}

beforeAll(async () => {
  await storage.migrate()
})

describe('a read', () => {
  test.each(hotQuestions)('of %s is one statement, the same text each time', async (_name, ask) => {
    run = []
    await ask(storage.read)
    await ask(storage.read)
    expect(run).toHaveLength(2)
    expect(new Set(run).size).toBe(1)
  })

  test.each([...hotQuestions, ...orderedQuestions, ...sortedQuestions])(
    'of %s scans no table and sorts no rows',
    async (_name, ask) => {
      run = []
      await ask(storage.read)
      expect(run).toHaveLength(1)
      for (const sql of run) {
        const steps = plan(sql)
        expect(steps.some((step) => step.startsWith('SEARCH'))).toBe(true)
        // A list within a value is no table.
        const scans = steps.filter((step) => step.startsWith('SCAN') && !step.includes('VIRTUAL TABLE'))
        expect(scans.concat(steps.filter((step) => step === 'USE TEMP B-TREE FOR ORDER BY'))).toEqual([])
      }
    },
  )

  test.each(numberedQuestions)('of %s by the number of a page looks up each row by its id', async (_name, ask) => {
    run = []
    await ask(storage.read)
    expect(run).toHaveLength(1)
    const steps = run.flatMap(plan)
    // The page itself is in the order of an index, and the rows of the page are sorted at the end.
    expect(steps.filter((step) => step.startsWith('USE TEMP B-TREE FOR ORDER BY'))).toHaveLength(1)
    expect(steps.at(-1)).toBe('USE TEMP B-TREE FOR ORDER BY')
    expect(steps.filter((step) => step.startsWith('SCAN tenancy_'))).toEqual([])
    expect(steps[0]).toMatch(/^SEARCH .* USING PRIMARY KEY|sqlite_autoindex/)
  })

  test.each([...ownQuestions, ...countingQuestions])(
    'of %s scans no table; it may sort what it found',
    async (_name, ask) => {
      run = []
      await ask(storage.read)
      const steps = run.flatMap(plan)
      expect(steps.some((step) => step.startsWith('SEARCH'))).toBe(true)
      expect(steps.filter((step) => step.startsWith('SCAN tenancy_'))).toEqual([])
    },
  )
})

describe('a purge', () => {
  test('removes what belongs to a tenant by statements that scan no table', async () => {
    const tenancy = createTenancy({ storage })
    await tenancy.as(SYSTEM).users.ensure({ id: 'ann', email: 'ann@example.com', emailVerified: true })
    const ann = tenancy.as({ userId: 'ann' })
    const { id: tenantId } = await ann.tenants.create({ name: 'Acme' })
    await ann.in(tenantId).delete()
    const at = Number.MAX_SAFE_INTEGER
    run = []
    await storage.transaction({ tenants: [tenantId] }, async (tx) => {
      await tx.purges.begin({ tenantId, deletedBefore: at, at })
      await tx.purges.deleteBatch({ tenantId, limit: 100 })
    })
    const removals = run.filter((sql) => sql.startsWith('delete'))
    expect(removals.join()).toContain('tenancy_dead_letters')
    expect(removals.flatMap(plan).filter((step) => step.startsWith('SCAN tenancy_'))).toEqual([])
  })
})
