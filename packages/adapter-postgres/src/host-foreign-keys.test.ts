import { createTenancy, SYSTEM } from '@tenantry/core'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage } from './index.js'

const database = useTestDatabase()
let pool: pg.Pool
beforeAll(() => (pool = new pg.Pool({ connectionString: database.url })))
afterAll(() => pool.end())

async function givenMember() {
  const schema = database.newSchema()
  const tenancy = createTenancy({ storage: postgresStorage({ pool, schema }), directAdd: true })
  await tenancy.migrate()
  for (const id of ['ann', 'bob'])
    await tenancy.as(SYSTEM).users.ensure({ id, email: `${id}@example.com`, emailVerified: true })
  const { id } = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  const acme = tenancy.as({ userId: 'ann' }).in(id)
  await acme.members.add({ email: 'bob@example.com', role: 'member' })
  return { schema, acme, id }
}

test('a foreign key of the host that keeps a member is named, and nothing changes', async () => {
  const { schema, acme, id } = await givenMember()
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
