import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTenancy } from '@tenantry/core'
import {
  companyOptions,
  annAndBobFixture,
  withinHostCases,
  type HostUnderTest,
  type OpenHost,
  type Told,
} from '@tenantry/kysely-storage/testing'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from './index.js'

interface Company {
  readonly company: { readonly name: string }
}

async function hostFixture(begin: (database: Database.Database) => Promise<OpenHost>) {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
  const filename = join(folder, 'host.db')
  const [database, other] = [new Database(filename), new Database(filename)]
  for (const connection of [database, other]) connection.pragma('foreign_keys = on')
  database.pragma('journal_mode = wal')
  database.exec('create table company (name text not null)')
  onTestFinished(() => {
    for (const connection of [database, other]) connection.close()
    rmSync(folder, { recursive: true })
  })
  const notified: Told = { heard: [], delivered: [], sent: [] }
  const tenancy = createTenancy({ storage: sqliteStorage({ database }), ...companyOptions(notified) })
  const elsewhere = createTenancy({ storage: sqliteStorage({ database: other }), ...companyOptions(notified) })
  await tenancy.migrate()
  await annAndBobFixture(tenancy)
  tenancy.on('*', (event) => notified.heard.push(event))
  const host: HostUnderTest = {
    tenancy,
    elsewhere,
    begin: () => begin(database),
    async count(table) {
      const name = table === 'company' ? table : `tenancy_${table}`
      return Number(other.prepare(`select count(*) from ${name}`).pluck().get())
    },
  }
  return { host, notified, database, other }
}

async function byHand(database: Database.Database): Promise<OpenHost> {
  database.exec('begin immediate')
  return {
    transaction: database,
    insertCompany: async (name) => void database.prepare('insert into company values (?)').run(name),
    commit: async () => void database.exec('commit'),
    rollback: async () => void database.exec('rollback'),
  }
}

async function byKysely(database: Database.Database): Promise<OpenHost> {
  const db = new Kysely<Company>({ dialect: new SqliteDialect({ database }) })
  const transaction = await db.startTransaction().execute()
  return {
    transaction,
    insertCompany: async (name) => void (await transaction.insertInto('company').values({ name }).execute()),
    commit: () => transaction.commit().execute(),
    rollback: () => transaction.rollback().execute(),
  }
}

/** Whoever else has the connection writes past Kysely. */
async function byBoth(database: Database.Database): Promise<OpenHost> {
  const { insertCompany, rollback } = await byHand(database)
  await rollback()
  return { ...(await byKysely(database)), insertCompany }
}

const kinds = [
  ['that the host began by hand', byHand],
  ["of the host's Kysely", byKysely],
  ["of the host's Kysely, beside its connection", byBoth],
] as const

describe.each(kinds)('within a transaction %s on SQLite', (_, begin) => {
  test.each(withinHostCases)('$name', async ({ run }) => {
    const { host, notified } = await hostFixture(begin)
    await run(host, notified)
  })

  test.each(['refused', 'kept'])(
    'no row of the host is lost at any of 200 ticks beside a call that is %s',
    async (end) => {
      const { host } = await hostFixture(begin)
      const open = await host.begin()
      const ann = host.tenancy.withTransaction(open.transaction).as({ userId: 'ann' })
      const { id } = await ann.tenants.create({ name: 'Acme', slug: 'acme' })
      const call = () =>
        end === 'kept' ? ann.in(id).update({ name: 'Acme' }) : ann.tenants.create({ name: 'Other', slug: 'acme' })
      const afterTicks = async (ticks: number, work: () => Promise<unknown>) => {
        for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
        return work()
      }
      for (let ticks = 0; ticks < 200; ticks++) {
        for (const [callAt, rowAt] of [
          [0, ticks],
          [ticks, 0],
        ] as const) {
          const row = () => open.insertCompany(`row ${ticks}`)
          const [called, written] = await Promise.allSettled([afterTicks(callAt, call), afterTicks(rowAt, row)])
          expect([called.status, written.status]).toEqual([end === 'kept' ? 'fulfilled' : 'rejected', 'fulfilled'])
        }
      }
      await open.commit()
      expect(await host.count('company')).toBe(400)
    },
  )
})

test('a command that loses against who wrote meanwhile runs once, and the host is told to run again', async () => {
  const { host, other } = await hostFixture(async (database) => {
    const open = await byHand(database)
    database.exec('rollback; begin')
    return open
  })
  const open = await host.begin()
  const ann = host.tenancy.withTransaction(open.transaction).as({ userId: 'ann' })
  expect(await ann.tenants.list({})).toMatchObject({ items: [] })
  other.exec("insert into company values ('meanwhile')")
  await expect(ann.tenants.create({ name: 'Acme' })).rejects.toMatchObject({
    code: 'conflict',
    cause: { code: 'busy', cause: { code: 'SQLITE_BUSY_SNAPSHOT' } },
  })
  await open.rollback()
})

test('on a connection that all share, no other turn sees the transaction between its begin and its commit', async () => {
  const { host, notified, database } = await hostFixture(byHand)
  const seen: boolean[] = []
  const looking = () =>
    new Promise<void>((resolve) => {
      setImmediate(() => resolve(void seen.push(database.inTransaction)))
    })
  const watched = looking()
  const open = await host.begin()
  const ann = host.tenancy.withTransaction(open.transaction).as({ userId: 'ann' })
  const { id } = await ann.tenants.create({ name: 'Acme' })
  await ann.in(id).members.invite({ email: 'bob@example.com', role: 'member' })
  await open.commit()
  await watched
  expect(seen).toEqual([false])
  expect(notified.heard).toEqual([])
})
