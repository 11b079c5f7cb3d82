import { createTenancy } from '@tenantry/core'
import { migrations } from '@tenantry/kysely-storage'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStorage } from './index.js'

let database: BetterSqlite3.Database

beforeEach(() => {
  database = new BetterSqlite3(':memory:')
  database.pragma('foreign_keys = on')
})
afterEach(() => void database.close())

test('a check names what migrates a database, and the release for one that is newer', async () => {
  const tenancy = createTenancy({ storage: sqliteStorage({ database }) })
  const codes = async () => (await tenancy.check()).map(({ code, severity }) => `${severity} ${code}`)
  expect(await codes()).toEqual(['error schema_missing'])
  await tenancy.migrate()
  expect(await codes()).toEqual([])
  database.exec(`insert into tenancy_migrations values (${migrations.length + 1}, 'later')`)
  expect(await codes()).toEqual(['error schema_newer'])
  database.exec('drop table tenancy_migrations; create table tenancy_migrations (id integer)')
  expect(await codes()).toEqual(['error schema_foreign'])
})

test.each([
  ['tenants', 'tenant_id text references tenancy_tenants (id)'],
  ['tenants by their key', 'tenant_id text references tenancy_tenants'],
  ['memberships', 'tenant_id text, user_id text, foreign key (tenant_id, user_id) references tenancy_memberships'],
])('a check names a foreign key of the host to %s that would stop a purge, once', async (_, columns) => {
  const storage = sqliteStorage({ database })
  await storage.migrate()
  database.exec(`create table shift (${columns})`)
  const [finding, ...others] = await storage.check()
  expect(finding).toMatchObject({ code: 'host_foreign_key', severity: 'warning' })
  expect(finding?.problem).toContain('(tenant_id) of the table "shift"')
  expect(others).toEqual([])
  database.exec(`drop table shift; create table shift (${columns} on delete cascade)`)
  expect(await storage.check()).toEqual([])
})
