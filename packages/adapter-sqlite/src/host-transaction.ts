import {
  fairQueue,
  endedTransaction,
  kyselyTransaction,
  type FairQueue,
  type HostTransaction,
} from '@tenantry/kysely-storage'
import { SqliteConnection } from './connection.js'
import { databaseBelow } from './database-below.js'
import { ReplayedTransaction } from './replayed-transaction.js'
import { isSameDatabase } from './same-database.js'
import { SqliteSession, type RunBlock } from './session.js'
import type { SqliteDatabase } from './sqlite-database.js'

/** Runs one synchronous block, if the host's transaction is still open. */
type RunWithin = <Result>(block: (database: SqliteDatabase) => Result) => Promise<Result>

/** What we keep of a database that hosts begin transactions on. */
interface Entered {
  readonly connection: SqliteConnection
  /** One unit at a time, however often and by however many storages the database is entered. */
  readonly queue: FairQueue
}

const entered = new WeakMap<SqliteDatabase, Entered>()

function entry(database: SqliteDatabase): Entered {
  const kept = entered.get(database) ?? { connection: new SqliteConnection(database), queue: fairQueue() }
  entered.set(database, kept)
  return kept
}

/**
 * How transactions that a host began on the database of `own` are entered. Nothing of ours stays open in them between
 * two turns, so what the host runs meanwhile is its own, whatever becomes of a unit.
 */
export function sqliteHostTransaction(own: SqliteDatabase): (candidate: unknown) => HostTransaction {
  /** Databases that are the storage's own, over whatever connection. */
  const known = new WeakSet([own])

  return (candidate) => {
    const runWithin = onKysely(candidate, own) ?? (isDatabase(candidate) ? onDatabase(candidate) : null)
    if (!runWithin) throw noTransaction()

    const unit: HostTransaction['unit'] = async (run) => {
      const database = await runWithin((database) => database)
      const { connection, queue } = entry(database)
      await queue.enter()
      try {
        const runBlock: RunBlock = (block) => runWithin(block)
        const session = new SqliteSession(connection, runBlock)
        session.begin(new ReplayedTransaction(database, connection, 'savepoint'))
        try {
          const result = await run(session)
          await session.commit()
          return result
        } catch (error) {
          await session.rollback()
          throw error
        }
      } finally {
        queue.leave()
      }
    }

    return {
      async check(assertReady) {
        await runWithin((database) => {
          assertForeignKeys(database)
          if (!known.has(database) && !isSameDatabase(database, own))
            throw new TypeError("The transaction is on another database than the storage's own.")
          known.add(database)
        })
        await unit(assertReady)
      },
      unit,
    }
  }
}

function noTransaction(): TypeError {
  return new TypeError(
    'withTransaction() on SQLite takes a Kysely transaction over better-sqlite3, or a better-sqlite3 database on which a ' +
      'transaction has begun.',
  )
}

function assertForeignKeys(database: SqliteDatabase): void {
  if (Number(database.pragma('foreign_keys', { simple: true })) === 1) return
  throw new TypeError("The host's connection does not enforce foreign keys: it needs the pragma foreign_keys = on.")
}

function onDatabase(database: SqliteDatabase): RunWithin {
  let ended = false
  const assertOpen = () => {
    // The next transaction on the same connection is not that one.
    ended ||= !database.inTransaction
    if (ended) throw endedTransaction()
  }
  assertOpen()
  return async (block) => {
    assertOpen()
    return block(database)
  }
}

/** `null` for what is no Kysely transaction on SQLite. */
function onKysely(candidate: unknown, own: SqliteDatabase): RunWithin | null {
  const transaction = kyselyTransaction(candidate, false)
  if (!transaction) return null
  let database: SqliteDatabase | undefined
  return (block) =>
    transaction.provide(async (connection) => {
      database ??= databaseBelow(connection, own)
      if (!database) throw noTransaction()
      // It ends before Kysely knows.
      if (!database.inTransaction) throw endedTransaction()
      return block(database)
    })
}

function isDatabase(candidate: unknown): candidate is SqliteDatabase {
  if (typeof candidate !== 'object' || candidate === null) return false
  // A look at members that better-sqlite3 has and others lack.
  const { inTransaction, prepare, exec, pragma } = candidate as Partial<SqliteDatabase>
  return typeof inTransaction === 'boolean' && [prepare, exec, pragma].every((member) => typeof member === 'function')
}
