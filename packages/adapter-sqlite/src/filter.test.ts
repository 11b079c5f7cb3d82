import {
  ann,
  createThings,
  elsewhere,
  fillThings,
  filterProperties,
  annFixture,
  here,
  type ThingTables,
} from '@tenantry/kysely-storage/testing'
import BetterSqlite3 from 'better-sqlite3'
import { CamelCasePlugin, Kysely, SqliteDialect } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const database = new BetterSqlite3(':memory:')
const db = new Kysely<ThingTables>({ dialect: new SqliteDialect({ database }) })

beforeAll(() => createThings(db))
afterAll(() => db.destroy())

describe('on SQLite', () => {
  test.each(filterProperties)('$name', ({ check }) =>
    check(
      {
        db,
        plain: async (filter, below) => {
          const { sql, parameters } = filter.toSql()
          const statement = database.prepare(`select id from thing where id < ? and ${sql}`)
          // The statement selects ids.
          return statement.pluck().all(below, ...parameters) as number[]
        },
      },
      200,
    ),
  )

  test('a filter is what plugins rewrite, as any other condition', async () => {
    const access = await (await annFixture())({ roles: ['viewer'], overrides: {} })
    const nobodys = { parent_id: null, owner_id: null, visibility: 'tenant', shared_tenant_id: null }
    await fillThings(db, [
      { ...nobodys, id: 1, tenant_id: here },
      { ...nobodys, id: 2, tenant_id: elsewhere },
      { ...nobodys, id: 3, tenant_id: here, owner_id: ann, visibility: 'private' },
    ])
    const camel = new Kysely<{ thing: { id: number } }>({
      dialect: new SqliteDialect({ database }),
      plugins: [new CamelCasePlugin()],
    })
    const columns = { tenant: 'thing.tenantId', owner: 'thing.ownerId', visibility: 'thing.visibility' }
    const found = await camel.selectFrom('thing').select('id').where(access.filter('thing:read', columns)).execute()
    expect(found).toEqual([{ id: 1 }, { id: 3 }])
  })

  test('a filter finds its rows by an index that begins with the tenant', async () => {
    database.exec('create index thing_by_tenant on thing (tenant_id, owner_id)')
    const access = await (await annFixture())({ roles: ['viewer'], overrides: {} })
    const { sql, parameters } = access.filter('thing:read', { owner: 'owner_id', visibility: 'visibility' }).toSql()
    const plan = database.prepare(`explain query plan select id from thing where ${sql}`).all(...parameters)
    expect(plan).toMatchObject([{ detail: 'SEARCH thing USING INDEX thing_by_tenant (tenant_id=?)' }])
  })
})
