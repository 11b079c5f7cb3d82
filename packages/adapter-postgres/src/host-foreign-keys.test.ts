import { createTenancy, SYSTEM } from '@tenantry/core'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
let pool: pg.Pool
beforeAll(() => (pool = new pg.Pool({ connectionString: database.url })))
afterAll(() => pool.end())

async function memberFixture() {
  const schema = database.newSchema()
  const tenancy = createTenancy({ storage: postgresStorage({ pool, schema }), allowDirectAdd: true })
  await tenancy.migrate()
  for (const id of ['ann', 'bob'])
    await tenancy.as(SYSTEM).users.ensure({ id, email: `${id}@example.com`, emailVerified: true })
  const { id } = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  const acme = tenancy.as({ userId: 'ann' }).in(id)
  await acme.members.add({ email: 'bob@example.com', role: 'member' })
  return { schema, acme, id }
}

test('a foreign key of the host that keeps a member is named, and nothing changes', async () => {
  const { schema, acme, id } = await memberFixture()
  await database.query(`create table ${schema}.shift (tenant_id text, user_id text,
    constraint shift_of_member foreign key (tenant_id, user_id) references ${schema}.memberships)`)
  await database.query(`insert into ${schema}.shift values ('${id}', 'bob')`)
  await expect(acme.members.remove({ userId: 'bob' })).rejects.toMatchObject({
    name: 'TenancyError',
    code: 'storage_unavailable',
    message: expect.stringContaining('"shift_of_member" of the table "shift"'),
  })
  const members = await database.query(`select from ${schema}.memberships`)
  expect(members).toHaveLength(2)
  await database.query(`delete from ${schema}.shift`)
  await acme.members.remove({ userId: 'bob' })
})

test.each([
  ['tenants', (schema: string) => `tenant_id text constraint held references ${schema}.tenants`],
  [
    'memberships',
    (schema: string) =>
      `tenant_id text, user_id text, constraint held foreign key (tenant_id, user_id) references ${schema}.memberships`,
  ],
])('a row of the host that keeps %s lets no purge begin, so that the tenant can be restored', async (_, columns) => {
  const { schema, acme, id } = await memberFixture()
  await database.query(`create table ${schema}.shift (${columns(schema)})`)
  const row = columns(schema).includes('user_id') ? `'${id}', 'bob'` : `'${id}'`
  await database.query(`insert into ${schema}.shift values (${row})`)
  await acme.delete()
  const notified: string[] = []
  const logger = { ...console, error: (fields: { error: Error }) => void notified.push(fields.error.message) }
  const storage = postgresStorage({ pool, schema })
  const later = createTenancy({ storage, logger: logger, clock: () => Date.now() + 40 * 24 * 60 * 60 * 1000 })
  expect(await later.purge()).toEqual({ purged: 0, failed: 1 })
  expect(notified.join()).toContain('foreign key held')
  await acme.restore()
  expect(await database.query(`select from ${schema}.memberships`)).toHaveLength(2)
  await acme.delete()
  await database.query(`delete from ${schema}.shift`)
  expect(await later.purge()).toEqual({ purged: 1, failed: 0 })
})
