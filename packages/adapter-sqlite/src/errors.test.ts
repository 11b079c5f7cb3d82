import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StorageError } from '@tenantry/core'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toStorageError } from './errors.js'
import { sqliteStorage } from './index.js'

let folder: string
let filename: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
  filename = join(folder, 'tenancy.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

function failure(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return toStorageError(error)
  }
  throw new Error('it was expected to fail')
}

describe('a failure of SQLite', () => {
  test('is busy when another process keeps writing, and goes through once that ends', async () => {
    const database = new BetterSqlite3(filename, { timeout: 100 })
    const storage = sqliteStorage({ database })
    await storage.migrate()
    const writer = spawn(
      process.execPath,
      [
        '--eval',
        `const database = new (require('better-sqlite3'))(${JSON.stringify(filename)})
        database.exec('begin immediate')
        process.stdout.write('writing')
        process.stdin.once('data', () => { database.exec('commit'); process.exit() })`,
      ],
      { cwd: import.meta.dirname, stdio: ['pipe', 'pipe', 'inherit'] },
    )
    await once(writer.stdout, 'data')
    const work = () => storage.transaction({}, (tx) => tx.counters.sweep(1))
    await expect(work()).rejects.toMatchObject({ name: 'StorageError', code: 'busy', constraint: null })
    const ended = once(writer, 'exit')
    writer.stdin.write('enough')
    await ended
    expect(await work()).toBe(0)
    database.close()
  })

  test('keeps the driver’s error as its cause', () => {
    const database = new BetterSqlite3(':memory:')
    database.exec('create table tenancy_users (email_key text unique); insert into tenancy_users values (1)')
    const error = failure(() => database.exec('insert into tenancy_users values (1)'))
    expect(error).toBeInstanceOf(StorageError)
    expect(error).toMatchObject({
      code: 'conflict',
      constraint: 'user.email',
      cause: { code: 'SQLITE_CONSTRAINT_UNIQUE' },
    })
  })

  test('names a constraint of ours only, never of a table of the host', () => {
    const database = new BetterSqlite3(':memory:')
    database.exec('create table users (email_key text unique); insert into users values (1)')
    const error = failure(() => database.exec('insert into users values (1)'))
    expect(error).toMatchObject({ code: 'conflict', constraint: null })
  })

  test.each([
    ['a closed connection', (database: BetterSqlite3.Database) => database.close().prepare('select 1')],
    ['a folder', () => new BetterSqlite3(folder)],
    [
      'a file that is no database',
      () => new BetterSqlite3(import.meta.filename, { fileMustExist: true }).prepare('select * from t'),
    ],
    ['a database that is read only', () => new BetterSqlite3(filename, { readonly: true }).exec('create table t (id)')],
  ])('is unavailable for %s', (_name, work) => {
    const database = new BetterSqlite3(filename)
    database.exec('create table some (id)')
    expect(failure(() => work(database))).toMatchObject({ name: 'StorageError', code: 'unavailable' })
  })

  test('is busy while the host iterates a statement on the connection', async () => {
    const database = new BetterSqlite3(':memory:', { timeout: 20 })
    const storage = sqliteStorage({ database })
    await storage.migrate()
    const rows = database.prepare('select 1 union all select 2').iterate()
    rows.next()
    await expect(storage.transaction({}, (tx) => tx.counters.sweep(1))).rejects.toMatchObject({ code: 'busy' })
    expect(await storage.read.users.find('ann')).toBeNull()
    rows.return?.()
    expect(await storage.transaction({}, (tx) => tx.counters.sweep(1))).toBe(0)
  })

  test.each([
    ['a statement that it does not understand', 'selec 1', 'SQLITE_ERROR'],
    ['a table of nobody', 'select * from nothing', 'SQLITE_ERROR'],
    [
      'a value of another type',
      "create table strict_one (n integer) strict; insert into strict_one values ('x')",
      null,
    ],
  ])('is a failure of the storage for %s', (_name, sql, cause) => {
    const error = failure(() => new BetterSqlite3(':memory:').exec(sql))
    expect(error).toBeInstanceOf(StorageError)
    expect(error).toMatchObject(cause === null ? { code: 'conflict' } : { code: 'unavailable', cause: { code: cause } })
  })

  test('stays as it is when it is a mistake in a program', () => {
    const mistake = new RangeError('not ours')
    expect(toStorageError(mistake)).toBe(mistake)
  })
})

describe('opening', () => {
  test('refuses a connection that does not enforce foreign keys, and says how to', () => {
    const database = new BetterSqlite3(':memory:')
    database.pragma('foreign_keys = off')
    expect(() => sqliteStorage({ database })).toThrow("database.pragma('foreign_keys = on')")
    database.pragma('foreign_keys = on')
    sqliteStorage({ database })
  })

  test('keeps a file of its own in WAL mode', async () => {
    const storage = sqliteStorage({ filename })
    await storage.migrate()
    await storage.close()
    const database = new BetterSqlite3(filename)
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    database.close()
  })

  test('is unavailable where no file can be', () => {
    expect(() => sqliteStorage({ filename: folder })).toThrow(StorageError)
  })
})
