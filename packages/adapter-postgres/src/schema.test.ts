import { tableNames, tables, tablesOfTenants } from '@tenantry/kysely-storage'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
let pool: Pool
const columnOf: Readonly<Record<string, string>> = tablesOfTenants

/** The directories, by what each makes unique in the whole installation: a row of few short columns a thing. */
const directories: Readonly<Record<string, string>> = {
  users: 'email_key',
  access_tokens: 'token_hash',
  external_tokens: 'token_hash',
  device_authorizations: 'user_code_hash',
  tenant_slugs: 'slug',
  invitation_tokens: 'token_hash',
  emailed_invitation_tokens: 'token_hash',
  organizations: 'short_name',
}

/** What belongs to an organization, to a person, to the queues of the whole installation, or to nobody. */
const otherTables = [
  'organization_members',
  'organization_events',
  'user_events',
  'user_states',
  'emails',
  'delivery_chains',
  'dead_letters',
  'notification_chains',
  'notification_preferences',
  'counters',
  'tenancy_migrations',
]

interface Key {
  readonly kind: string
  readonly from: string[]
  readonly table: string | null
  readonly to: string[] | null
  readonly deferred: boolean
}

async function rows<Row extends object>(text: string, ...values: string[]): Promise<Row[]> {
  return (await pool.query<Row>(text, values)).rows
}

const columnsOf = (relation: string, numbers: string) => `(
  select array_agg(attname::text order by place) from unnest(${numbers}) with ordinality as number (attnum, place)
  join pg_attribute using (attnum) where attrelid = ${relation})`

/** Primary, unique and foreign keys, as far as they are constraints. */
const keysOf = (table: string) =>
  rows<Key>(
    `select contype as kind, ${columnsOf('conrelid', 'conkey')} as "from",
      (select relname from pg_class where oid = confrelid) as "table", ${columnsOf('confrelid', 'confkey')} as "to",
      condeferred as deferred
    from pg_constraint where conrelid = ('tenancy.' || $1)::regclass and contype in ('p', 'u', 'f') order by conname`,
    table,
  )

const uniqueIndexesOf = (table: string) =>
  rows<{ columns: string[] }>(
    `select ${columnsOf('indrelid', 'indkey::smallint[]')} as columns from pg_index
    where indrelid = ('tenancy.' || $1)::regclass and indisunique`,
    table,
  )

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url })
  await postgresStorage({ pool }).migrate()
})

afterAll(() => pool.end())

describe('the schema', () => {
  test('says of every table whether it belongs to a tenant', async () => {
    const tables = await rows<{ tablename: string }>("select tablename from pg_tables where schemaname = 'tenancy'")
    const expected = [...Object.keys(tablesOfTenants), ...Object.keys(directories), ...otherTables]
    expect(tables.map(({ tablename }) => tablename).sort()).toEqual(expected.sort())
  })

  test.each(Object.entries(tablesOfTenants))('%s has the tenant first in every key', async (table, tenant) => {
    const keys = await keysOf(table)
    expect(keys.filter(({ kind }) => kind === 'p')).toHaveLength(1)
    for (const key of keys) {
      // People are in as many tenants as invited them, so what refers to a person alone names no tenant.
      if (key.table === 'users') continue
      expect(key.from[0]).toBe(tenant)
      if (key.kind === 'f') expect(key.to?.[0]).toBe(columnOf[key.table ?? ''])
    }
    for (const { columns } of await uniqueIndexesOf(table)) expect(columns[0]).toBe(tenant)
  })

  test.each(tableNames)('%s has the primary key that the registry says', async (table) => {
    const placed = table === 'migrations' ? 'tenancy_migrations' : table
    const keys = (await keysOf(placed)).filter(({ kind }) => kind === 'p')
    expect(keys.map(({ from }) => from)).toEqual([tables[table].key])
  })

  test('has every unique key that enforces a rule', async () => {
    for (const table of tableNames)
      for (const columns of Object.keys(tables[table].unique ?? {}))
        expect((await uniqueIndexesOf(table)).map((index) => index.columns.join(','))).toContain(columns)
  })

  test('finds by an index what a row refers to it, for every foreign key', async () => {
    // A deleted row is looked for in every table that refers to it.
    const without = await rows(
      `select conrelid::regclass::text as "table", ${columnsOf('conrelid', 'conkey')} as columns from pg_constraint
      where connamespace = 'tenancy'::regnamespace and contype = 'f' and not exists (
        select from pg_index where indrelid = conrelid and indpred is null
          and
          ((indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey or conkey @> indkey::smallint[]))`,
    )
    expect(without).toEqual([])
  })

  test.each(Object.entries(directories))('%s is a directory: its %s is there once', async (table, column) => {
    expect((await uniqueIndexesOf(table)).map(({ columns }) => columns)).toContainEqual([column])
  })

  test.each(otherTables)('%s refers to no row of a tenant', async (table) => {
    const referred = (await keysOf(table)).flatMap(({ table: other }) => other ?? [])
    expect(referred.filter((other) => !['users', 'organizations'].includes(other))).toEqual([])
  })

  test('keeps an owner a member: the tenant refers to its owner’s membership', async () => {
    const owner = { kind: 'f', table: 'memberships', from: ['id', 'owner_id'], to: ['tenant_id', 'user_id'] }
    const keys = await keysOf('tenants')
    expect(keys.filter(({ kind }) => kind === 'f')).toEqual([{ ...owner, deferred: true }])
  })

  test('compares every text by bytes, whatever the locale of the database', async () => {
    const other = await rows(
      `select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = 'tenancy'::regnamespace and relkind in ('r', 'i') and attnum > 0
        and attcollation not in (0, '"C"'::regcollation)`,
    )
    expect(other).toEqual([])
  })

  test('has no trigger, view, sequence or function, and nothing outside of itself', async () => {
    const objects = await rows<{ kind: string }>(
      `select relkind as kind from pg_class where relnamespace = 'tenancy'::regnamespace and relkind not in ('r', 'i')
      union all select 'f' from pg_proc where pronamespace = 'tenancy'::regnamespace
      union all select 't' from pg_trigger where not tgisinternal
      union all select relkind from pg_class where relnamespace = 'public'::regnamespace`,
    )
    expect(objects).toEqual([])
  })
})
