import { createTenancy, isTenancyError, SYSTEM } from '@tenantry/core'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from './index.js'

async function tenancyFixture({ migrated = true } = {}) {
  const database = new Database(':memory:')
  database.pragma('foreign_keys = on')
  onTestFinished(() => void database.close())
  const tenancy = createTenancy({ storage: sqliteStorage({ database }) })
  if (migrated) {
    await tenancy.migrate()
    await tenancy.as(SYSTEM).users.ensure({ id: 'ann', email: 'ann@example.com' })
  }
  return { database, tenancy, ann: tenancy.as({ userId: 'ann' }) }
}

type Fixture = Awaited<ReturnType<typeof tenancyFixture>>

async function refusals({ ann }: Fixture): Promise<unknown[]> {
  const calls = [() => ann.users.me(), () => ann.tenants.create({ name: 'Acme' })]
  return Promise.all(calls.map((call) => call().catch((error: unknown) => error)))
}

test.each([
  ['the database is closed', (database: Database.Database) => void database.close()],
  [
    'a table is gone',
    (database: Database.Database) => database.exec('pragma foreign_keys = off; drop table tenancy_users'),
  ],
  [
    'a column is gone',
    (database: Database.Database) => database.exec('alter table tenancy_users rename avatar_url to gone'),
  ],
])('when %s, reads and writes reject with storage_unavailable and the cause', async (_, break_) => {
  const fixture = await tenancyFixture()
  break_(fixture.database)
  for (const error of await refusals(fixture)) {
    expect(error).toMatchObject({ name: 'TenancyError', code: 'storage_unavailable' })
    expect(error).toMatchObject({ cause: { name: 'StorageError', cause: expect.any(Error) } })
  }
})

test.each([
  ['the disk is full', 'pragma max_page_count = 1'],
  [
    'the host has added a rule',
    "create trigger no_tenants before insert on tenancy_tenants begin select raise(abort, 'not today'); end",
  ],
])('when %s, a write rejects with storage_unavailable and the cause, and reads go on', async (_, sql) => {
  const fixture = await tenancyFixture()
  fixture.database.exec(sql)
  const create = () => fixture.ann.tenants.create({ name: 'Acme', description: 'x'.repeat(400) })
  const attempts: unknown[] = []
  for (let attempt = 0; attempt < 40; attempt++) attempts.push(await create().catch((error: unknown) => error))
  const failed = attempts.filter((outcome) => outcome instanceof Error)
  expect(failed.length).toBeGreaterThan(0)
  for (const error of failed) expect(error).toMatchObject({ code: 'storage_unavailable', cause: expect.any(Error) })
  expect(fixture.database.inTransaction).toBe(false)
  expect((await fixture.ann.users.me()).id).toBe('ann')
})

test('a database that was closed before the first call rejects in the one error class, too', async () => {
  const fixture = await tenancyFixture({ migrated: false })
  fixture.database.close()
  for (const error of await refusals(fixture)) expect(isTenancyError(error, 'storage_unavailable')).toBe(true)
})

test('without migrate() every call says to call it, in the one error class', async () => {
  const fixture = await tenancyFixture({ migrated: false })
  for (const error of await refusals(fixture)) {
    expect(isTenancyError(error, 'storage_unavailable')).toBe(true)
    expect(String(error)).toContain('Call tenancy.migrate() first')
  }
})

test('a migration that cannot run rejects in the one error class', async () => {
  const { database, tenancy } = await tenancyFixture()
  database.exec("insert into tenancy_migrations values (1000, 'from the future')")
  await expect(tenancy.migrate()).rejects.toMatchObject({ name: 'TenancyError', code: 'storage_unavailable' })
})
