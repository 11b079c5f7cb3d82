import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Tables } from './tables.js'
import { placeTables, type TablePlace } from './place-tables.js'

// Only the text of queries is looked at, so nothing has to run them.
function compiler(place: (table: string) => TablePlace) {
  return new Kysely<Tables & { invoices: { id: string; tenant_id: string } }>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [placeTables(place)],
  })
}

describe('the tables', () => {
  test('are prefixed wherever they are named', () => {
    const db = compiler((table) => ({ name: `tenancy_${table}` }))
    const query = db.selectFrom('users').select('users.id').where(sql.ref('users.email_key'), '=', 'ann').compile()
    expect(query.sql).toBe('select "tenancy_users"."id" from "tenancy_users" where "tenancy_users"."email_key" = $1')
    const table = db.schema.createTable('users').addColumn('id', 'text').compile()
    expect(table.sql).toBe('create table "tenancy_users" ("id" text)')
  })

  test('are in their schema wherever they are named', () => {
    const db = compiler((name) => ({ schema: 'tenancy', name }))
    expect(db.deleteFrom('emails').where('emails.id', '=', '1').compile().sql).toBe(
      'delete from "tenancy"."emails" where "tenancy"."emails"."id" = $1',
    )
    expect(sql`select * from ${sql.table('user_events')}`.compile(db).sql).toBe('select * from "tenancy"."user_events"')
  })

  test('of the host stay where they are', () => {
    const db = compiler((name) => ({ schema: 'tenancy', name }))
    const query = db
      .selectFrom('invoices')
      .innerJoin('tenants', 'tenants.id', 'invoices.tenant_id')
      .select('invoices.id')
    expect(query.compile().sql).toBe(
      'select "invoices"."id" from "invoices" inner join "tenancy"."tenants" on "tenancy"."tenants"."id" = "invoices"."tenant_id"',
    )
  })
})
