import { endedTransaction, kyselyExecutor, type Executor, type HostTransaction } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'
import { SqliteConnection } from './connection.js'
import { toStorageError } from './errors.js'
import type { SqliteDatabase } from './sqlite-database.js'

/** A transaction that the host began on SQLite. */
export function sqliteHostTransaction(candidate: unknown): HostTransaction {
  const executor =
    kyselyExecutor(candidate, { transactionalDdl: false, toStorageError }) ??
    (isDatabase(candidate) ? databaseExecutor(candidate) : null)
  if (!executor) {
    throw new TypeError(
      'within() on SQLite takes a Kysely transaction, or a better-sqlite3 database on which a transaction has begun.',
    )
  }
  return {
    // Only objects have executors.
    connection: candidate as object,
    executor,
    async check() {
      const query = CompiledQuery.raw('pragma foreign_keys') as CompiledQuery<{ foreign_keys: unknown }>
      const { rows } = await executor.executeQuery(query)
      if (Number(rows[0]?.foreign_keys) === 1) return
      throw new TypeError("The host's connection does not enforce foreign keys: it needs the pragma foreign_keys = on.")
    },
  }
}

function databaseExecutor(database: SqliteDatabase): Executor {
  if (!database.inTransaction) throw endedTransaction()
  const connection = new SqliteConnection(database)
  return {
    async executeQuery(query) {
      // Outside a transaction a savepoint would begin one, and keep what the host never committed.
      if (!database.inTransaction) throw endedTransaction()
      return connection.executeQuery(query)
    },
  }
}

function isDatabase(candidate: unknown): candidate is SqliteDatabase {
  if (typeof candidate !== 'object' || candidate === null) return false
  // A look at members that better-sqlite3 has and others lack.
  const { inTransaction, prepare, exec, pragma } = candidate as Partial<SqliteDatabase>
  return typeof inTransaction === 'boolean' && [prepare, exec, pragma].every((member) => typeof member === 'function')
}
