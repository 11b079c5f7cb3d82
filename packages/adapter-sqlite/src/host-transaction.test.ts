import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storageContract } from '@tenantry/core/contract'
import type { Storage } from '@tenantry/core'
import BetterSqlite3, { type Database } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from './index.js'

const elsewhere = [
  // Migrating is not for a transaction, and there `read` shows what is not committed yet.
  ...['migrate-fresh', 'migrate-again', 'migrate-plan', 'check-unmigrated', 'check-migrated', 'transaction-isolation'],
  // Whether an owner is a member is asked at the commit, which is the host's.
  ...['tenant-owner-is-member', 'tenant-update-owner', 'membership-delete-owner', 'transaction-after-failure'],
]
const contract = storageContract.filter(({ id }) => !elsewhere.includes(id))

const migrated = (storage: Storage): Storage => ({ ...storage, migrate: () => Promise.resolve([]) })

describe('sqlite storage within a transaction that the host began by hand', () => {
  test.each(contract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const database = databaseFixture()
      const storage = sqliteStorage({ database })
      await storage.migrate()
      database.exec('begin immediate')
      return { storage: migrated(storage.withTransaction(database)), dispose: async () => void database.exec('commit') }
    }),
  )
})

describe("sqlite storage within a transaction of the host's Kysely", () => {
  test.each(contract)('$id: $name', (contractCase) =>
    contractCase.run(async () => {
      const database = databaseFixture()
      // A host may want bigint for its own tables.
      database.defaultSafeIntegers(true)
      const storage = sqliteStorage({ database })
      await storage.migrate()
      const transaction = await new Kysely({ dialect: new SqliteDialect({ database }) }).startTransaction().execute()
      const dispose = () => transaction.commit().execute()
      return { storage: migrated(storage.withTransaction(transaction)), dispose }
    }),
  )
})

function folderFixture(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function databaseFixture(filename = ':memory:'): Database {
  const database = new BetterSqlite3(filename)
  database.pragma('foreign_keys = on')
  onTestFinished(() => void database.close())
  return database
}

test('a host that only began reading loses against who wrote meanwhile, and is told so', async () => {
  const folder = folderFixture()
  const [database, other] = [databaseFixture(join(folder, 'host.db')), databaseFixture(join(folder, 'host.db'))]
  database.pragma('journal_mode = wal')
  const storage = sqliteStorage({ database })
  await storage.migrate()
  database.exec('begin')
  expect(await storage.withTransaction(database).read.tenants.countAll()).toBe(0)
  other.exec('create table note (text text)')
  const lost = storage.withTransaction(database).transaction({}, (tx) => tx.counters.add(counter))
  await expect(lost).rejects.toMatchObject({ code: 'busy', cause: { code: 'SQLITE_BUSY_SNAPSHOT' } })
  database.exec('rollback')
})

const ann = {
  ...{ id: 'ann', email: 'ann@example.com', emailKey: 'ann@example.com', emailVerifiedAt: 1, name: 'Ann' },
  ...{ avatarUrl: null, language: null, timeZone: null, superuser: false, status: 'active' as const },
  ...{ createdBy: null, waitingSince: null, createdAt: 1 },
}
const acme = {
  ...{ id: 'acme', name: 'Acme', slug: null, plan: 'basic', status: 'active' as const, settings: {} },
  ...{ type: 'group' as const, joinPolicy: 'closed' as const, description: null },
  ...{ ownerId: 'ann', createdAt: 1, deletedAt: null, organizationId: null },
}
const counter = { key: 'k', points: 1, expiresAt: 2, now: 1 }

test('what is no open transaction on SQLite is refused', async () => {
  const database = databaseFixture()
  const storage = sqliteStorage({ database })
  await storage.migrate()
  const db = new Kysely({ dialect: new SqliteDialect({ database }) })
  for (const candidate of [database, db, db.transaction()])
    expect(() => storage.withTransaction(candidate)).toThrow(TypeError)
})

test('a transaction that has ended is refused, and nothing is written', async () => {
  const database = databaseFixture()
  const storage = sqliteStorage({ database })
  await storage.migrate()
  database.exec('begin immediate')
  const byHand = storage.withTransaction(database)
  expect(await byHand.read.tenants.countAll()).toBe(0)
  database.exec('commit')
  const transaction = await new Kysely({ dialect: new SqliteDialect({ database }) }).startTransaction().execute()
  const byKysely = storage.withTransaction(transaction)
  await transaction.commit().execute()
  for (const ended of [byHand, byKysely])
    await expect(ended.transaction({}, (tx) => tx.counters.add(counter))).rejects.toThrow(TypeError)
  expect(database.inTransaction).toBe(false)
  expect(database.prepare('select * from tenancy_counters').all()).toEqual([])
})

test('a transaction that ends while a command runs takes all of it along', async () => {
  const database = databaseFixture()
  const storage = sqliteStorage({ database })
  await storage.migrate()
  database.exec('begin immediate')
  const within = storage.withTransaction(database)
  const cut = within.transaction({}, async (tx) => {
    await tx.counters.add(counter)
    database.exec('rollback')
    await tx.counters.add(counter)
  })
  await expect(cut).rejects.toThrow(TypeError)
  database.exec('begin immediate')
  // The next transaction on the same connection is not that one.
  await expect(within.read.tenants.countAll()).rejects.toThrow(TypeError)
  database.exec('commit')
  expect(database.prepare('select * from tenancy_counters').all()).toEqual([])
})

test("the host's commit is refused while an owner is no member", async () => {
  const database = databaseFixture()
  const storage = sqliteStorage({ database })
  await storage.migrate()
  database.exec('begin immediate')
  await storage.withTransaction(database).transaction({}, async (tx) => {
    await tx.users.insert(ann)
    await tx.tenants.insert(acme)
  })
  expect(() => database.exec('commit')).toThrow(/FOREIGN KEY/)
  database.exec('rollback')
})

test('a connection without foreign keys is refused', async () => {
  const folder = folderFixture()
  const filename = join(folder, 'host.db')
  const storage = sqliteStorage({ filename })
  await storage.migrate()
  const database = databaseFixture(filename)
  database.pragma('foreign_keys = off')
  database.exec('begin immediate')
  await expect(storage.withTransaction(database).read.tenants.countAll()).rejects.toThrow(/foreign keys/)
  await storage.close()
})

test('a database without our tables is refused, and the host goes on', async () => {
  const database = databaseFixture()
  const storage = sqliteStorage({ database })
  database.exec('begin immediate; create table note (text text)')
  await expect(storage.withTransaction(database).read.tenants.countAll()).rejects.toMatchObject({ code: 'schema' })
  database.exec('commit')
  expect(database.prepare('select * from note').all()).toEqual([])
})

test('a transaction on another database is refused, wherever its tables came from, and the host goes on', async () => {
  const folder = folderFixture()
  const [inMemory, other] = [databaseFixture(), databaseFixture()]
  const [file, otherFile] = [databaseFixture(join(folder, 'one.db')), databaseFixture(join(folder, 'other.db'))]
  for (const database of [inMemory, other, file, otherFile]) await sqliteStorage({ database }).migrate()
  for (const [own, foreign] of [
    [inMemory, other],
    [inMemory, file],
    [file, otherFile],
    [file, other],
  ] as const) {
    const storage = sqliteStorage({ database: own })
    const transaction = await new Kysely({ dialect: new SqliteDialect({ database: foreign }) })
      .startTransaction()
      .execute()
    for (const candidate of [foreign, transaction]) {
      const adding = storage.withTransaction(candidate).transaction({}, (tx) => tx.counters.add(counter))
      await expect(adding).rejects.toThrow(/another database/)
    }
    await transaction.commit().execute()
    expect(foreign.prepare('select * from tenancy_counters').all()).toEqual([])
  }
})

test("another connection to the storage's file is entered, by whatever name it was opened", async () => {
  const folder = folderFixture()
  const storage = sqliteStorage({ filename: join(folder, 'host.db') })
  await storage.migrate()
  symlinkSync(join(folder, 'host.db'), join(folder, 'soft.db'))
  for (const name of ['host.db', 'soft.db']) {
    const database = databaseFixture(join(folder, name))
    database.exec('begin immediate')
    expect(await storage.withTransaction(database).read.tenants.countAll()).toBe(0)
    database.exec('commit')
  }
  await storage.close()
})

test('a Kysely transaction is entered whichever way Kysely came to the database', async () => {
  const folder = folderFixture()
  const storage = sqliteStorage({ filename: join(folder, 'host.db') })
  await storage.migrate()
  const database = databaseFixture(join(folder, 'host.db'))
  const wrapped = { close: () => database.close(), prepare: (text: string) => database.prepare(text) }
  for (const dialect of [
    new SqliteDialect({ database: async () => database }),
    new SqliteDialect({ database: wrapped }),
  ]) {
    const logged: string[] = []
    const db = new Kysely({ dialect, log: ({ query }) => void logged.push(query.sql) })
    await db.transaction().execute(async (transaction) => {
      await storage.withTransaction(transaction).transaction({}, (tx) => tx.counters.add(counter))
    })
    expect(logged).toContain('commit')
  }
  expect(database.prepare('select points from tenancy_counters').all()).toEqual([{ points: 2 }])
  await storage.close()
})

test('a Kysely transaction that is not over better-sqlite3 is refused', async () => {
  const database = databaseFixture()
  const storage = sqliteStorage({ database })
  await storage.migrate()
  const statement = { reader: true, all: () => [], run: () => ({ changes: 0, lastInsertRowid: 0 }), iterate: () => [] }
  const other = { close() {}, prepare: () => statement }
  // Its members are all that Kysely uses.
  const dialect = new SqliteDialect({ database: other as never })
  const transaction = await new Kysely({ dialect }).startTransaction().execute()
  await expect(storage.withTransaction(transaction).read.tenants.countAll()).rejects.toThrow(/over better-sqlite3/)
  await transaction.rollback().execute()
})
