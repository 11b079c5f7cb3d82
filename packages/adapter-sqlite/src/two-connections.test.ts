import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTenancy, SYSTEM, type Storage } from '@tenantry/core'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from './index.js'

/** A file that the host has a connection of its own to, and a tenancy on the storage that `open` makes of it. */
async function fileFixture(open: (filename: string) => Storage, timeout: number) {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
  const filename = join(folder, 'app.db')
  const host = new Database(filename, { timeout })
  host.pragma('journal_mode = wal')
  host.exec('create table note (text text not null)')
  const tenancy = createTenancy({ storage: open(filename) })
  onTestFinished(async () => {
    await tenancy.close()
    host.close()
    rmSync(folder, { recursive: true })
  })
  await tenancy.migrate()
  const { id: userId } = await tenancy.as(SYSTEM).users.create({ email: 'ann@example.com', emailVerified: true })
  const ann = tenancy.as({ userId })
  await ann.tenants.create({ name: 'Acme', slug: 'taken' })
  return { host, ann, userId, filename }
}

const owned = (filename: string) => sqliteStorage({ filename })

function shared(filename: string): Storage {
  const database = new Database(filename)
  database.pragma('foreign_keys = on')
  const storage = sqliteStorage({ database })
  return { ...storage, close: async () => void database.close() }
}

describe.each([
  ['a connection of ours', owned],
  ['another connection of the host', shared],
])('beside %s to the same file', (_, open) => {
  test('the host writes at any of 100 ticks and finds no lock of ours', async () => {
    // With this timeout it would fail at the first lock that it met.
    const { host, ann } = await fileFixture(open, 0)
    for (let ticks = 0; ticks < 100; ticks++) {
      const slug = ticks % 2 === 0 ? 'taken' : `tenant-${ticks}`
      const create = ann.tenants.create({ name: 'A', slug }).catch(() => null)
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
      host.prepare('insert into note values (?)').run('kept')
      await create
    }
    expect(host.prepare('select count(*) as count from note').get()).toEqual({ count: 100 })
    expect((await ann.tenants.list({ limit: 100 })).items).toHaveLength(51)
  })

  test('reads answer while another connection holds the lock and writes wait for it', async () => {
    const { host, ann } = await fileFixture(open, 0)
    host.exec('begin immediate')
    let written = 0
    const writes = Array.from({ length: 5 }, () => ann.tenants.create({ name: 'A' }).then(() => (written += 1)))
    for (let read = 0; read < 20; read++) expect((await ann.users.me()).email).toBe('ann@example.com')
    expect((await ann.tenants.list({})).items).toHaveLength(1)
    expect(written).toBe(0)
    host.exec('commit')
    await Promise.all(writes)
    expect(written).toBe(5)
  })
})

test('two connections that write to one tenant at once leave one whole chain of events', async () => {
  const { ann, userId, filename } = await fileFixture(owned, 1000)
  const tenantId = (await ann.tenants.list({})).items[0]?.tenant.id ?? ''
  const other = createTenancy({ storage: shared(filename) })
  onTestFinished(() => other.close())
  const elsewhere = other.as({ userId })
  const invites = Array.from({ length: 20 }, (_, number) =>
    (number % 2 === 0 ? ann : elsewhere)
      .in(tenantId)
      .members.invite({ email: `guest-${number}@example.com`, role: 'member' }),
  )
  await Promise.all(invites)
  expect(await ann.in(tenantId).events.verify()).toMatchObject({ intact: true })
  expect((await ann.in(tenantId).invitations.list({ limit: 100 })).items).toHaveLength(20)
})
