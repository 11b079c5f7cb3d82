import { tableNames, tables as registry, tablesOfTenants as columns } from '@tenantry/kysely-storage'
import BetterSqlite3 from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { sqliteStorage } from './index.js'

const database = new BetterSqlite3(':memory:')

/** What belongs to a tenant, by the column that says to which. */
const tablesOfTenants: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(columns).map(([table, column]) => [`tenancy_${table}`, column]),
)

/** What belongs to no tenant, and the small directories that make something unique in the installation. */
const otherTables = [
  'tenancy_access_tokens',
  'tenancy_counters',
  'tenancy_dead_letters',
  'tenancy_device_authorizations',
  'tenancy_external_tokens',
  'tenancy_invitation_tokens',
  'tenancy_emailed_invitation_tokens',
  'tenancy_emails',
  'tenancy_migrations',
  'tenancy_notification_chains',
  'tenancy_notification_preferences',
  'tenancy_organization_events',
  'tenancy_organization_members',
  'tenancy_organizations',
  'tenancy_delivery_chains',
  'tenancy_tenant_slugs',
  'tenancy_user_events',
  'tenancy_user_states',
  'tenancy_users',
]

interface Column {
  readonly name: string
  readonly pk: number
  readonly type: string
}

interface ForeignKey {
  readonly id: number
  readonly seq: number
  readonly table: string
  readonly from: string
  readonly to: string
}

const rows = <Row>(sql: string, ...parameters: string[]) => database.prepare<string[], Row>(sql).all(...parameters)

const tables = () =>
  rows<{ name: string }>("select name from sqlite_master where type = 'table' order by name").map(({ name }) => name)

function primaryKey(table: string): string[] {
  const columns = rows<Column>('select * from pragma_table_info(?)', table).filter(({ pk }) => pk > 0)
  return columns.sort((one, other) => one.pk - other.pk).map(({ name }) => name)
}

function uniqueIndexes(table: string): string[][] {
  const indexes = rows<{ name: string }>('select name from pragma_index_list(?) where "unique" = 1', table)
  return indexes.map(({ name }) =>
    rows<{ name: string }>('select name from pragma_index_info(?) order by seqno', name).map((column) => column.name),
  )
}

/** Per foreign key: the table it refers to, and its columns in order on both sides. */
function foreignKeys(table: string): { table: string; from: string[]; to: string[] }[] {
  const columns = rows<ForeignKey>('select * from pragma_foreign_key_list(?) order by id, seq', table)
  return [...new Set(columns.map(({ id }) => id))].map((id) => {
    const own = columns.filter((column) => column.id === id)
    return { table: own[0]?.table ?? '', from: own.map(({ from }) => from), to: own.map(({ to }) => to) }
  })
}

beforeAll(async () => {
  await sqliteStorage({ database }).migrate()
})

describe('the schema', () => {
  test('says of every table whether it belongs to a tenant', () => {
    expect(tables()).toEqual([...Object.keys(tablesOfTenants), ...otherTables].sort())
  })

  test.each(Object.entries(tablesOfTenants))('%s has the tenant first in every key', (table, tenant) => {
    expect(primaryKey(table)[0]).toBe(tenant)
    for (const index of uniqueIndexes(table)) expect(index[0]).toBe(tenant)
    for (const key of foreignKeys(table)) {
      // People are in as many tenants as invited them, so what refers to a person alone names no tenant.
      if (key.table === 'tenancy_users') continue
      expect(key.from[0]).toBe(tenant)
      expect(key.to[0]).toBe(tablesOfTenants[key.table])
    }
  })

  test.each(tableNames)('%s has the keys that the registry says', (table) => {
    const { key, unique = {} } = registry[table]
    expect(primaryKey(`tenancy_${table}`)).toEqual(key)
    const found = uniqueIndexes(`tenancy_${table}`).map((index) => index.join())
    for (const rule of Object.keys(unique)) expect(found).toContain(rule)
  })

  test('finds by an index what a row refers to it, for every foreign key', () => {
    const without = tables().flatMap((table) => {
      const indexes = rows<{ name: string; partial: number }>('select name, partial from pragma_index_list(?)', table)
        .filter(({ partial }) => partial === 0)
        .map(({ name }) =>
          rows<{ name: string }>('select name from pragma_index_info(?) order by seqno', name).map((one) => one.name),
        )
      const leads = ({ from }: { from: string[] }) =>
        indexes.some(
          (index) =>
            from.every((column) => index.slice(0, from.length).includes(column)) ||
            index.every((column) => from.includes(column)),
        )
      return foreignKeys(table)
        .filter((key) => !leads(key))
        .map((key) => `${table}: ${key.from.join()}`)
    })
    expect(without).toEqual([])
  })

  test('keeps an owner a member: the tenant refers to its owner’s membership', () => {
    const keys = foreignKeys('tenancy_tenants')
    const owner = { table: 'tenancy_memberships', from: ['id', 'owner_id'], to: ['tenant_id', 'user_id'] }
    expect(keys).toEqual([owner])
    const [table] = rows<{ sql: string }>("select sql from sqlite_master where name = 'tenancy_tenants'")
    expect(table?.sql).toContain('deferrable initially deferred')
  })

  test('types every column strictly', () => {
    const loose = rows<{ name: string }>(
      `select name from pragma_table_list where name like 'tenancy\\_%' escape '\\' and strict = 0`,
    )
    expect(loose).toEqual([{ name: 'tenancy_migrations' }])
  })

  test('has no trigger, view or sequence', () => {
    expect(rows("select name from sqlite_master where type in ('trigger', 'view')")).toEqual([])
    expect(tables()).not.toContain('sqlite_sequence')
  })
})
