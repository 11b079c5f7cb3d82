import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sqliteStorage } from '@tenantry/adapter-sqlite'
import type { Storage } from '@tenantry/core'
import Database from 'better-sqlite3'

/**
 * The storage on a connection of a host that writes as well: with each transaction of ours, a row of its own at some
 * random microtask, alone, in a transaction, or in one that it awaits in. Closing rejects when one of them is lost.
 */
export function noisyHost(filename: string): Storage {
  const database = new Database(filename, { timeout: 30_000 })
  for (const setting of ['foreign_keys = on', 'journal_mode = wal', 'synchronous = normal']) database.pragma(setting)
  database.exec('create table if not exists host_note (writer text not null)')
  const writer = randomUUID()
  const insert = database.prepare('insert into host_note values (?)')
  const kept = database.prepare<[string], { count: number }>('select count(*) as count from host_note where writer = ?')
  const storage = sqliteStorage({ database })
  const writing = new Set<Promise<void>>()
  let written = 0

  async function write(): Promise<void> {
    await ticks(Math.random() * 100)
    // The host is in a transaction of its own.
    if (database.inTransaction) return
    const kind = Math.random()
    if (kind < 0.6) insert.run(writer)
    else if (kind < 0.8) database.transaction(() => insert.run(writer)).immediate()
    else if (!(await writeSlowly(kind < 0.9))) return
    written += 1
  }

  async function writeSlowly(keep: boolean): Promise<boolean> {
    database.exec('begin immediate')
    insert.run(writer)
    await ticks(Math.random() * 20)
    database.exec(keep ? 'commit' : 'rollback')
    return keep
  }

  function make(noise: () => Promise<void>) {
    const done = noise().finally(() => writing.delete(done))
    writing.add(done)
  }

  return {
    ...storage,
    transaction(locks, work) {
      make(write)
      return storage.transaction(locks, work)
    },
    async close() {
      await Promise.all(writing)
      await storage.close()
      if (!database.open) return
      assert.equal(kept.get(writer)?.count, written, 'rows of the host are lost, or were undone and are there')
      database.close()
    },
  }
}

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick++) await Promise.resolve()
}
