import { requireKnownOptions, type Storage } from '@tenantry/core'
import { fairQueue, kyselyStorage, placeTables, type FairQueue, type Tables } from '@tenantry/kysely-storage'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { sqliteFacts, tablePrefix } from './dialect.js'
import { SqliteDriver } from './driver.js'
import { toStorageError } from './errors.js'
import { sqliteHostTransaction } from './host-transaction.js'
import type { SqliteDatabase } from './sqlite-database.js'

/** Either the host's own better-sqlite3 database, or the file (`:memory:` for none) of one that the storage opens. */
export type SqliteStorageOptions = { readonly database: SqliteDatabase } | { readonly filename: string }

// A connection has one queue, however many storages use it: a transaction belongs to the connection.
const queues = new WeakMap<SqliteDatabase, FairQueue>()

function queueOf(database: SqliteDatabase): FairQueue {
  const queue = queues.get(database) ?? fairQueue()
  queues.set(database, queue)
  return queue
}

function openDatabase(filename: string): SqliteDatabase {
  try {
    const database = new BetterSqlite3(filename)
    database.pragma('foreign_keys = on')
    return database
  } catch (error) {
    throw toStorageError(error)
  }
}

/** Without this, a filename that is undefined would open a database in memory, and lose everything with the process. */
function checkOptions(options: SqliteStorageOptions): void {
  if (typeof options === 'string') throw new TypeError('sqliteStorage: name a file by { filename }')
  requireKnownOptions('sqliteStorage', options, { database: true, filename: true })
  const { database, filename }: { readonly database?: unknown; readonly filename?: unknown } = { ...options }
  if ((database === undefined) === (filename === undefined))
    throw new TypeError('sqliteStorage: needs either a database of better-sqlite3 or a filename')
  if (filename !== undefined && (typeof filename !== 'string' || filename === ''))
    throw new TypeError('sqliteStorage: filename needs the path of a file, or ":memory:"')
  if (database !== undefined && typeof Object(database).prepare !== 'function')
    throw new TypeError('sqliteStorage: database needs a database of better-sqlite3')
}

function assertForeignKeys(database: SqliteDatabase) {
  // The pragma answers 1, or 1n on a database that is set to bigint.
  if (Number(database.pragma('foreign_keys', { simple: true })) === 1) return
  throw new TypeError(
    "The database does not enforce foreign keys. Call database.pragma('foreign_keys = on') before sqliteStorage().",
  )
}

/**
 * Keeps everything in SQLite, in tables whose names begin with `tenancy_`.
 *
 * With `filename` the storage opens the database, in WAL mode with `synchronous = NORMAL`: what was acknowledged survives
 * the end of the process, however sudden; a power failure may take the last moments. It is closed by `close()`.
 *
 * With `database` it works on the host's connection, leaves its settings alone and never closes it. Foreign keys must be
 * enforced, else a `TypeError` is thrown. No transaction of the storage is open between two turns of the event loop, so
 * the host's statements may run at any moment. While the host is in a transaction of its own, calls wait for it, as long
 * as the connection's busy timeout says. For protection against power failures hand in a database with
 * `synchronous = FULL`.
 *
 * `tenancy.withTransaction()` takes a Kysely transaction, or a better-sqlite3 database on which `begin immediate` has run.
 */
export function sqliteStorage(options: SqliteStorageOptions): Storage {
  checkOptions(options)
  const owned = 'filename' in options
  const database = owned ? openDatabase(options.filename) : options.database
  assertForeignKeys(database)
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new SqliteDriver({ database, queue: queueOf(database), owned }),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    plugins: [placeTables((table) => ({ name: `${tablePrefix}${table}` }))],
  })
  return kyselyStorage({
    db,
    dialect: sqliteFacts,
    hostTransaction: sqliteHostTransaction(database),
    async close() {
      if (owned) database.close()
    },
  })
}
