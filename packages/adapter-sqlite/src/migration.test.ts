import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isStorageError } from '@tenantry/core'
import {
  addColumns,
  fairQueue,
  migrate,
  migrations,
  placeTables,
  type Migration,
  type Tables,
} from '@tenantry/kysely-storage'
import { nextMigrations, nextSteps } from '@tenantry/kysely-storage/testing'
import BetterSqlite3 from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteFacts } from './dialect.js'
import { SqliteDriver } from './driver.js'
import { sqliteStorage } from './index.js'

let folder: string
let filename: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
  filename = join(folder, 'tenancy.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

function tablesOf(database: BetterSqlite3.Database): string[] {
  const rows = database.prepare<[], { name: string }>("select name from sqlite_master where type = 'table'").all()
  return rows.map(({ name }) => name).sort()
}

function kyselyOver(database: BetterSqlite3.Database) {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new SqliteDriver({ database, queue: fairQueue(), owned: false }),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    plugins: [placeTables((table) => ({ name: `tenancy_${table}` }))],
  })
}

async function schemaError(work: () => Promise<unknown>): Promise<string> {
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isStorageError(error)) throw new Error(`expected a StorageError, got ${String(error)}`)
  expect(error.code).toBe('schema')
  return error.message
}

/** Runs the text as a module in a process of its own, and answers how it ended. */
function runProcess(module: string): Promise<number | null> {
  const process_ = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', module], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => process_.on('exit', resolve))
}

const everyVersion = migrations.map((_, at) => ({ version: at + 1 }))

describe('migrating', () => {
  test('works from ten processes at once, each of which then finds the database usable', async () => {
    const module = `
      import { sqliteStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const storage = sqliteStorage({ filename: ${JSON.stringify(filename)} })
      await storage.migrate()
      await storage.read.tenants.find('acme')
      await storage.close()`
    const exits = await Promise.all(Array.from({ length: 10 }, () => runProcess(module)))
    expect(exits).toEqual(Array.from({ length: 10 }, () => 0))
    const database = new BetterSqlite3(filename)
    expect(database.prepare('select version from tenancy_migrations').all()).toEqual(everyVersion)
    database.close()
  }, 180_000)

  test('a database that was never migrated says what to do', async () => {
    const storage = sqliteStorage({ filename })
    expect(await schemaError(() => storage.read.tenants.find('acme'))).toContain('tenancy.migrate()')
    expect(await schemaError(() => storage.transaction({}, async () => undefined))).toContain('tenancy.migrate()')
    await storage.migrate()
    expect(await storage.read.tenants.find('acme')).toBeNull()
    await storage.close()
  })

  test('a database that a newer release migrated is refused and left alone', async () => {
    const newer = sqliteStorage({ filename })
    await newer.migrate()
    await newer.close()
    const database = new BetterSqlite3(filename)
    database.exec(`insert into tenancy_migrations values (${migrations.length + 1}, 'from the future')`)
    const before = database.prepare('select * from sqlite_master').all()

    const storage = sqliteStorage({ filename })
    const advice = 'Run the release that migrated it, or a later one.'
    expect(await schemaError(() => storage.migrate())).toContain(advice)
    expect(await schemaError(() => storage.read.tenants.find('acme'))).toContain(advice)
    expect(await schemaError(() => storage.transaction({}, (tx) => tx.counters.sweep(1)))).toContain(advice)
    await storage.close()
    expect(database.prepare('select * from sqlite_master').all()).toEqual(before)
    database.close()
  })

  test('a table of the same name that somebody else made is refused and left alone', async () => {
    const database = new BetterSqlite3(filename)
    database.pragma('foreign_keys = on')
    const storage = sqliteStorage({ database })
    for (const foreign of [
      'create table tenancy_migrations (id integer primary key, run_on text)',
      `create table tenancy_migrations (version integer, name text);
      insert into tenancy_migrations values (1, 'add invoices')`,
    ]) {
      database.exec(foreign)
      for (const use of [() => storage.migrate(), () => storage.read.tenants.find('acme')])
        expect(await schemaError(use)).toContain('"tenancy_migrations" is not the one')
      expect(tablesOf(database)).toEqual(['tenancy_migrations'])
      database.exec('drop table tenancy_migrations')
    }
    await storage.migrate()
    expect(await storage.read.tenants.find('acme')).toBeNull()
    database.close()
  })

  test('a step that fails half-way leaves nothing of it, and those before it', async () => {
    const database = new BetterSqlite3(filename)
    const failing: Migration = {
      name: 'fails half-way',
      parts: (sql) => [
        ...addColumns({ name: 'half', table: 'users', columns: { half: 'text?' } }).parts(sql),
        { query: CompiledQuery.raw('select no_such_function()'), table: null, lock: null, how: 'transaction' },
      ],
    }
    const sql = { db: kyselyOver(database), dialect: sqliteFacts }
    const steps = [...migrations, failing]
    await expect(migrate(sql, { migrations: steps })).rejects.toMatchObject({ name: 'StorageError' })
    expect(database.prepare('select version from tenancy_migrations').all()).toEqual(everyVersion)
    const columns = database.prepare("select 1 from pragma_table_info('tenancy_users') where name = 'half'").all()
    expect(columns).toEqual([])
    database.close()
  })

  test('a database of an earlier version keeps what it holds and takes a step of every kind', async () => {
    const database = new BetterSqlite3(filename)
    database.pragma('foreign_keys = on')
    await sqliteStorage({ database }).migrate()
    database.exec(`
      insert into tenancy_users (id, email, email_key, email_folded, name, superuser, status, created_at)
      values ('ann', 'ann@example.com', 'ann@example.com', 'ann@example.com', 'Ann', 0, 'active', 1)`)
    const sql = { db: kyselyOver(database), dialect: sqliteFacts }
    const names = Object.values(nextSteps).map(({ name }) => name)
    const planned = await migrate(sql, { migrations: nextMigrations, plan: true })
    expect(planned.map(({ name }) => name)).toEqual(names)
    expect(planned.flatMap(({ parts }) => parts).every(({ how }) => how === 'transaction')).toBe(true)
    expect(database.prepare('select count(*) from tenancy_migrations').pluck().get()).toBe(migrations.length)

    const steps = await migrate(sql, { migrations: nextMigrations })
    expect(steps).toEqual(planned)
    const ann = database.prepare('select nickname, colour, name from tenancy_users').get()
    expect(ann).toEqual({ nickname: 'nick of ann', colour: 'blue', name: 'Ann' })
    const indexes = database.prepare(
      "select name from sqlite_master where name glob '*_nickname' or name glob '*colour*'",
    )
    expect(indexes.pluck().all().sort()).toEqual(['tenancy_users_nickname', 'users_colour_id_key'])
    expect(await migrate(sql, { migrations: nextMigrations })).toEqual([])
    expect(await schemaError(() => sqliteStorage({ database }).migrate())).toContain('knows versions up to')
    database.close()
  })

  test("leaves the host's tables and migrations alone", async () => {
    const database = new BetterSqlite3(filename)
    database.exec(`
      create table users (id integer primary key, email text unique);
      insert into users (email) values ('ann@example.com');
      create table kysely_migration (name text);
      create table migrations (version integer);
      insert into migrations values (42)`)
    const storage = sqliteStorage({ database })
    await storage.migrate()
    await storage.transaction({}, (tx) => tx.counters.sweep(1))
    await storage.close()
    const names = tablesOf(database).filter((name) => !name.startsWith('tenancy_'))
    expect(names).toEqual(['kysely_migration', 'migrations', 'users'])
    expect(database.prepare('select * from users').all()).toEqual([{ id: 1, email: 'ann@example.com' }])
    expect(database.prepare('select * from migrations').all()).toEqual([{ version: 42 }])
    database.close()
  })
})
