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

test.each([
  ['by its columns', 'references tenancy_memberships (tenant_id, user_id)'],
  ['by its key', 'references tenancy_memberships'],
])('a foreign key of the host that keeps a member %s is named, and nothing changes', async (_, references) => {
  const database = new BetterSqlite3(':memory:')
  database.pragma('foreign_keys = on')
  const tenancy = createTenancy({ storage: sqliteStorage({ database }), allowDirectAdd: true })
  await tenancy.migrate()
  for (const id of ['ann', 'bob'])
    await tenancy.as(SYSTEM).users.ensure({ id, email: `${id}@example.com`, emailVerified: true })
  const { id } = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  const acme = tenancy.as({ userId: 'ann' }).in(id)
  await acme.members.add({ email: 'bob@example.com', role: 'member' })
  database.exec(`create table idle (tenant_id text references tenancy_tenants);
    create table "the shift" (t text, "u ser" text, foreign key (t, "u ser") ${references});
    insert into "the shift" values ('${id}', 'bob')`)
  await expect(acme.members.remove({ userId: 'bob' })).rejects.toMatchObject({
    name: 'TenancyError',
    code: 'storage_unavailable',
    message: expect.stringContaining('(t, u ser) of the table "the shift"'),
  })
  expect(database.prepare('select 1 from tenancy_memberships').all()).toHaveLength(2)
  database.exec('delete from "the shift"')
  await acme.members.remove({ userId: 'bob' })
  database.close()
})
