import { createTenancy, SYSTEM } from '@tenantry/core'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sqliteStorage } from './index.js'

const DAY_MS = 24 * 60 * 60 * 1000

test.each([
  ['tenants', 'tenant_id text references tenancy_tenants (id)'],
  ['tenants by their key', 'tenant_id text references tenancy_tenants'],
  ['memberships', 'tenant_id text, user_id text, foreign key (tenant_id, user_id) references tenancy_memberships'],
])('a row of the host that keeps %s lets no purge begin, so that the tenant can be restored', async (_, columns) => {
  const database = new BetterSqlite3(':memory:')
  database.pragma('foreign_keys = on')
  const tenancy = createTenancy({ storage: sqliteStorage({ database }) })
  await tenancy.migrate()
  await tenancy.as(SYSTEM).users.ensure({ id: 'ann', email: 'ann@example.com', emailVerified: true })
  const { id } = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  const acme = tenancy.as({ userId: 'ann' }).in(id)
  database.exec(`create table shift (${columns})`)
  const row = columns.includes('user_id') ? `'${id}', 'ann'` : `'${id}'`
  database.exec(`insert into shift values (${row})`)
  await acme.delete()
  const later = createTenancy({ storage: sqliteStorage({ database }), clock: () => Date.now() + 40 * DAY_MS })
  expect(await later.purge()).toEqual({ purged: 0, failed: 1 })
  await acme.restore()
  await acme.delete()
  database.exec('delete from shift')
  expect(await later.purge()).toEqual({ purged: 1, failed: 0 })
  database.close()
})
