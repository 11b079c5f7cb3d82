import Database from 'better-sqlite3'
import { consoleMailer, createTenancy, imageSetting, isTenancyError, SYSTEM } from '@tenantry/core'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { sqliteStorage } from './index.js'

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** A host's database with a table of its own, and a tenancy on it. */
async function sharedConnectionFixture(timeout = 5000) {
  const database = new Database(':memory:', { timeout })
  onTestFinished(() => void database.close())
  database.pragma('foreign_keys = on')
  database.exec('create table note (text text not null)')
  const tenancy = createTenancy({
    storage: sqliteStorage({ database }),
    mailer: consoleMailer({ write: () => {} }),
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    emailEncryptionKey: 'a secret of at least thirty-two bytes',
    limits: { emailsPerRecipient: 1 },
    settings: z.object({ logoId: imageSetting() }),
  })
  await tenancy.migrate()
  const { id: userId } = await tenancy.as(SYSTEM).users.create({ email: 'ann@example.com', emailVerified: true })
  const ann = tenancy.as({ userId, ip: '192.0.2.1' })
  const { id: tenantId } = await ann.tenants.create({ name: 'Acme', slug: 'taken' })
  const insert = database.prepare('insert into note values (?)')
  const notes = () => database.prepare<[], { text: string }>('select text from note').all()
  return { database, tenancy, ann, tenantId, insert, notes }
}

async function afterTicks(ticks: number, work: () => void): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
  work()
}

test('no microtask of the host finds a transaction of ours open, whatever a command does', async () => {
  const { database, ann, tenantId } = await sharedConnectionFixture()
  const acme = ann.in(tenantId)
  const works: Record<string, () => Promise<unknown>> = {
    'create a tenant': () => ann.tenants.create({ name: 'Beta', slug: 'beta' }),
    'invite by mail': () => acme.members.invite({ email: 'bob@example.com', role: 'member' }),
    'invite many': () => acme.members.inviteMany({ emails: ['cy@example.com', 'dee@example.com'], role: 'viewer' }),
    'start a transfer': () => acme.ownership.start(),
    'upload an image': () => acme.uploadImage({ setting: 'logoId', bytes: png }),
    'issue a token': () => ann.accessTokens.create(),
    'change an account': () => ann.users.update({ password: 'correct horse battery' }),
    'be refused': () => ann.tenants.create({ name: 'Beta', slug: 'taken' }).catch(() => null),
  }
  for (const [name, work] of Object.entries(works)) {
    let [done, found] = [false, false]
    const watch = async () => {
      for (let tick = 0; !done; tick++) {
        found ||= database.inTransaction
        await (tick % 500 === 499 ? new Promise(setImmediate) : null)
      }
    }
    const watching = watch()
    await work()
    done = true
    await watching
    expect([name, found]).toEqual([name, false])
  }
})

test('migrating leaves no transaction open either', async () => {
  const database = new Database(':memory:')
  database.exec('create table note (text text not null)')
  const migrated = sqliteStorage({ database }).migrate()
  const inserts = Array.from({ length: 100 }, (_, ticks) =>
    afterTicks(ticks * 10, () => database.exec("begin; insert into note values ('kept'); commit")),
  )
  await Promise.all([migrated, ...inserts])
  expect(database.prepare('select count(*) as count from note').get()).toEqual({ count: 100 })
  database.close()
})

test('keeps every row that the host writes while a command is refused, at any of 200 ticks', async () => {
  const { database, ann, insert, notes } = await sharedConnectionFixture()
  for (let ticks = 0; ticks < 200; ticks++) {
    const writes = [
      () => insert.run(`alone ${ticks}`),
      () => database.transaction(() => insert.run(`in a transaction ${ticks}`)).immediate(),
    ]
    for (const write of writes) {
      const create = ann.tenants.create({ name: 'A', slug: 'taken' })
      const [refused, kept] = await Promise.allSettled([create, afterTicks(ticks, () => void write())])
      expect(isTenancyError('reason' in refused && refused.reason, 'slug_taken')).toBe(true)
      expect(kept.status).toBe('fulfilled')
    }
  }
  expect(notes()).toHaveLength(400)
})

test('waits for a transaction in which the host awaits, and never joins it', async () => {
  const { database, ann, insert, notes, tenantId } = await sharedConnectionFixture()
  for (let ticks = 0; ticks < 60; ticks++) {
    const create = ann.tenants.create({ name: 'A', slug: `tenant-${ticks}` })
    await afterTicks(ticks, () => database.exec('begin'))
    insert.run('undone')
    const read = ann.in(tenantId).get()
    await new Promise((resolve) => setImmediate(resolve))
    expect(database.inTransaction).toBe(true)
    database.exec('rollback')
    expect((await create).slug).toBe(`tenant-${ticks}`)
    expect((await read).tenant.name).toBe('Acme')
  }
  expect(notes()).toEqual([])
  expect((await ann.tenants.list({ limit: 100 })).items).toHaveLength(61)
})

test('reads nothing that the host has not committed', async () => {
  const { database, ann, tenantId } = await sharedConnectionFixture()
  database.exec('begin')
  database.exec("update tenancy_tenants set name = 'Not yet'")
  const read = ann.in(tenantId).get()
  await new Promise((resolve) => setTimeout(resolve, 5))
  database.exec('rollback')
  expect((await read).tenant.name).toBe('Acme')
})

test('refuses a call that waits for the transaction around it, and says how to make it', async () => {
  const { database, ann, insert, notes } = await sharedConnectionFixture(50)
  database.exec('begin')
  insert.run('kept')
  for (const call of [() => ann.tenants.create({ name: 'A' }), () => ann.users.me()])
    await expect(call()).rejects.toMatchObject({
      code: 'conflict',
      cause: { code: 'busy', waited: true, message: expect.stringContaining('tenancy.withTransaction()') },
    })
  database.exec('commit')
  expect(notes()).toEqual([{ text: 'kept' }])
})
