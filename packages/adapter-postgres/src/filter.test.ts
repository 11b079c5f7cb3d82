import { randomBytes } from 'node:crypto'
import {
  ann,
  createThings,
  elsewhere,
  fillThings,
  filterProperties,
  filterOf,
  forAnyFilter,
  annFixture,
  here,
  ids,
  type ThingTables,
} from '@tenantry/kysely-storage/testing'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { enterTenant, protectTable } from './index.js'

const database = useTestDatabase()
const role = `tenantry_filtered_${randomBytes(8).toString('hex')}`
let pool: pg.Pool
let db: Kysely<ThingTables>
let schema: string

beforeAll(async () => {
  schema = database.newSchema()
  await database.query(`create schema ${schema}`)
  pool = new pg.Pool({ connectionString: database.url, options: `-c search_path=${schema}` })
  db = new Kysely<ThingTables>({ dialect: new PostgresDialect({ pool }) })
  await createThings(db)
})

afterAll(() => db.destroy())

describe('on PostgreSQL', () => {
  test.each(filterProperties)('$name', ({ check }) =>
    check(
      {
        db,
        plain: async (filter, below) => {
          const { sql, parameters } = filter.toSql({ placeholder: '$', first: 2 })
          const { rows } = await pool.query<{ id: number }>(`select id from thing where id < $1 and ${sql}`, [
            below,
            ...parameters,
          ])
          return rows.map(({ id }) => id)
        },
      },
      100,
    ),
  )

  test('a filter follows the schema that a query is in', async () => {
    const access = await (await annFixture())({ roles: ['viewer'], overrides: {} })
    const open = { parent_id: null, owner_id: ann, visibility: 'tenant', shared_tenant_id: null }
    await fillThings(db, [
      { ...open, id: 1, tenant_id: here },
      { ...open, id: 2, tenant_id: elsewhere },
    ])
    const filter = access.filter('thing:read', { tenant: 'thing.tenant_id', owner: 'thing.owner_id' })
    const query = db.withSchema(schema).selectFrom('thing').select('id').where(filter)
    expect(query.compile().sql).toContain(`"${schema}"."thing"."tenant_id" = $1`)
    expect(await query.execute()).toEqual([{ id: 1 }])
  })
})

describe('under row-level security', () => {
  beforeAll(async () => {
    await protectTable(pool, { schema, table: 'thing' })
    await database.query(`create role ${role}`)
    await database.query(`grant usage on schema ${schema} to ${role}`)
    await database.query(`grant select on ${schema}.thing to ${role}`)
  })

  afterAll(async () => {
    await database.query(`drop owned by ${role}`)
    await database.query(`drop role ${role}`)
  })

  test('a filter finds what it finds among the rows of the tenant that was entered', () =>
    forAnyFilter(60, { db }, async (run) => {
      const client = await pool.connect()
      try {
        await client.query(`begin; set local role ${role}`)
        await enterTenant(client, here)
        const { sql, parameters } = filterOf(run).toSql({ placeholder: '$' })
        const { rows } = await client.query<{ id: number }>(`select id from thing where ${sql}`, [...parameters])
        expect(ids(rows)).toEqual(ids(run.rows.filter((row) => row.tenant_id === here && run.may(row))))
      } finally {
        await client.query('rollback')
        client.release()
      }
    }))
})
