import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '@tenantry/core'
import { userOf } from '@tenantry/kysely-storage/testing'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteStorage } from './index.js'

let folder: string
let filename: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenantry-'))
  filename = join(folder, 'tenancy.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

const insertUser = (storage: Storage, id: string) => storage.transaction({}, (tx) => tx.users.insert(userOf(id)))

async function migrated(): Promise<Storage> {
  const storage = sqliteStorage({ filename })
  await storage.migrate()
  return storage
}

describe('the one connection', () => {
  test('lets 200 transactions in in the order in which they came, and reads at once', async () => {
    const storage = await migrated()
    const callers = Array.from({ length: 200 }, (_, index) => index)
    const served: number[] = []
    let read = 0
    const writes = callers.map((caller) =>
      storage.transaction({}, async (tx) => {
        await tx.users.insert(userOf(`user-${caller}`))
        served.push(caller)
      }),
    )
    const reads = callers.map(() => storage.read.users.find('nobody').then(() => (read += 1)))
    await Promise.all(reads)
    expect(served.length).toBeLessThan(callers.length)
    await Promise.all(writes)
    expect(served).toEqual(callers)
    expect(read).toBe(callers.length)
    await storage.close()
  })

  test('is shared fairly by two storages on one database of the host', async () => {
    const database = new BetterSqlite3(filename)
    const [one, other] = [sqliteStorage({ database }), sqliteStorage({ database })]
    await one.migrate()
    const ids = Array.from({ length: 50 }, (_, index) => `user-${index}`)
    await Promise.all(ids.map((id, index) => insertUser(index % 2 === 0 ? one : other, id)))
    expect(await one.read.users.count({})).toBe(50)
    database.close()
  })

  test('lets two storages on one file of the same process write at once', async () => {
    const [one, other] = [await migrated(), await migrated()]
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => insertUser(index % 2 === 0 ? one : other, `user-${index}`)),
    )
    expect(await one.read.users.count({})).toBe(40)
    await Promise.all([one.close(), other.close()])
  })
})

describe('a transaction', () => {
  test('waits for another connection without blocking the process', async () => {
    const storage = await migrated()
    const other = new BetterSqlite3(filename)
    other.exec('begin immediate')
    // The timer can only fire, and the other connection only commit, while the process is free.
    setTimeout(() => other.exec('commit'), 50)
    await insertUser(storage, 'ann')
    expect(await storage.read.users.find('ann')).not.toBeNull()
    other.close()
    await storage.close()
  })

  test('waits for a transaction of the host on the same connection', async () => {
    const database = new BetterSqlite3(filename)
    const storage = sqliteStorage({ database })
    await storage.migrate()
    database.exec('create table notes (text); begin; insert into notes values (1)')
    setTimeout(() => database.exec('rollback'), 50)
    await insertUser(storage, 'ann')
    expect(await storage.read.users.find('ann')).not.toBeNull()
    expect(database.prepare('select * from notes').all()).toEqual([])
    database.close()
  })

  test('leaves the busy timeout of the host as it was', async () => {
    const database = new BetterSqlite3(filename, { timeout: 1234 })
    const storage = sqliteStorage({ database })
    await storage.migrate()
    await expect(storage.transaction({}, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(database.pragma('busy_timeout', { simple: true })).toBe(1234)
    database.close()
  })

  test('that failed keeps nothing of what its work goes on to write', async () => {
    const storage = await migrated()
    let rest: Promise<void> | undefined
    const work = storage.transaction({}, async (tx) => {
      rest = (async () => {
        for (let number = 0; number < 20; number++) await tx.users.insert(userOf(`user ${number}`))
      })()
      await Promise.race([rest, Promise.reject(new Error('no'))])
    })
    await expect(work).rejects.toThrow('no')
    await expect(rest).rejects.toThrow('The transaction has ended')
    expect(await storage.read.users.count({})).toBe(0)
    await storage.close()
  })

  test('is refused when a statement in it failed, though its work went on', async () => {
    const storage = await migrated()
    await insertUser(storage, 'ann')
    const work = storage.transaction({}, async (tx) => {
      await tx.users.insert(userOf('bob'))
      await tx.users.insert(userOf('ann')).catch(() => undefined)
    })
    await expect(work).rejects.toMatchObject({ code: 'conflict', constraint: 'user.id' })
    expect(await storage.read.users.find('bob')).toBeNull()
    await storage.close()
  })

  test('that was acknowledged survives the sudden end of the process', async () => {
    const storage = await migrated()
    const writer = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '--eval',
        `import { sqliteStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
        const storage = sqliteStorage({ filename: ${JSON.stringify(filename)} })
        const ann = ${JSON.stringify(userOf('user'))}
        for (let n = 0; ; n += 1) {
          const name = 'user-' + n
          await storage.transaction({}, (tx) => tx.users.insert({ ...ann, id: name, email: name, emailKey: name }))
          process.stdout.write(name + '\\n')
          await new Promise((resolve) => setImmediate(resolve))
        }`,
      ],
      { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let acknowledged = ''
    const ended = once(writer, 'exit')
    for await (const chunk of writer.stdout) {
      acknowledged += String(chunk)
      if (acknowledged.split('\n').length > 100) writer.kill('SIGKILL')
    }
    await ended
    const names = acknowledged.split('\n').slice(0, -1)
    expect(names.length).toBeGreaterThanOrEqual(100)
    for (const name of names) expect(await storage.read.users.find(name)).not.toBeNull()
    await storage.close()
  })
})

describe('closing', () => {
  test('waits for the transaction under way, and refuses what comes after', async () => {
    const storage = await migrated()
    const written = insertUser(storage, 'ann')
    await storage.close()
    await written
    await expect(storage.read.users.find('ann')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(insertUser(storage, 'bob')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(storage.migrate()).rejects.toMatchObject({ code: 'unavailable' })
  })

  test("leaves the host's database open", async () => {
    const database = new BetterSqlite3(filename)
    const storage = sqliteStorage({ database })
    await storage.migrate()
    await storage.close()
    expect(database.open).toBe(true)
    database.close()
  })

  test('closes a file that was opened and never used', async () => {
    const storage = sqliteStorage({ filename })
    await storage.close()
    rmSync(filename)
  })
})
