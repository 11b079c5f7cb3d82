import { isStorageError } from '@tenantry/core'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { ofHostKey, toStorageError } from './errors.js'
import { refusingKey } from './host-keys.js'
import type { SqliteDatabase, SqliteStatement } from './sqlite-database.js'
import { statementCache } from './statement-cache.js'
import { statementTables, type StatementTables } from './statement-tables.js'

const keptStatements = 200

/** Runs statements at once, in whatever transaction the connection is in. */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteDatabase
  readonly #prepare: (sql: string) => SqliteStatement
  /** The tables of a statement, all of which are there. */
  readonly tablesOf: (sql: string) => StatementTables

  constructor(database: SqliteDatabase) {
    this.#database = database
    this.tablesOf = statementTables(database)
    this.#prepare = statementCache(database, keptStatements)
  }

  /** Whether a statement changes nothing. */
  isReadonly(sql: string): boolean {
    try {
      return this.#prepare(sql).readonly
    } catch (error) {
      throw toStorageError(error)
    }
  }

  run(sql: string, parameters: readonly unknown[] = []): QueryResult<unknown> {
    try {
      const statement = this.#prepare(sql)
      if (statement.reader) return { rows: statement.all(parameters) }
      return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
    } catch (error) {
      const failure = toStorageError(error)
      if (!isStorageError(failure) || failure.constraint !== 'reference') throw failure
      const key = refusingKey(this.#database, sql, parameters)
      throw key === null ? failure : ofHostKey(key, error)
    }
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    // Which rows a statement answers is known where it is written; Kysely has derived the type from it.
    return this.run(sql, parameters) as QueryResult<Row>
  }

  // eslint-disable-next-line require-yield -- a cached statement must never be iterated by two
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError('The storage does not stream.')
  }
}
