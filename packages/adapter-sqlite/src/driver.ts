import { setTimeout as sleep } from 'node:timers/promises'
import { StorageError } from '@tenantry/core'
import type { FairQueue } from '@tenantry/kysely-storage'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { toStorageError } from './errors.js'
import type { SqliteDatabase, SqliteStatement } from './sqlite-database.js'
import { statementCache } from './statement-cache.js'

const keptStatements = 200
const longestPause = 20

export class SqliteConnection implements DatabaseConnection {
  readonly #prepare: (sql: string) => SqliteStatement

  constructor(database: SqliteDatabase) {
    this.#prepare = statementCache(database, keptStatements)
  }

  run(sql: string, parameters: readonly unknown[] = []): QueryResult<unknown> {
    try {
      const statement = this.#prepare(sql)
      if (statement.reader) return { rows: statement.all(parameters) }
      return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
    } catch (error) {
      throw toStorageError(error)
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

/**
 * One connection, lent to one caller at a time in the order of arrival.
 *
 * A transaction begins as a writer, so that it never loses what it has read. While another connection writes, it waits
 * without blocking the process, as long as the connection's busy timeout says.
 */
export class SqliteDriver implements Driver {
  readonly #database: SqliteDatabase
  readonly #queue: FairQueue
  readonly #connection: SqliteConnection
  readonly #prepareDatabase: () => void
  #patience = 0

  constructor(database: SqliteDatabase, queue: FairQueue, prepareDatabase: () => void) {
    this.#database = database
    this.#queue = queue
    this.#prepareDatabase = prepareDatabase
    this.#connection = new SqliteConnection(database)
  }

  async init(): Promise<void> {
    this.#patience = Number(this.#database.pragma('busy_timeout', { simple: true }))
    await this.#patiently(this.#prepareDatabase)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#queue.enter()
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#queue.leave()
  }

  async beginTransaction(): Promise<void> {
    await this.#patiently(() => {
      if (this.#database.inTransaction)
        throw new StorageError('busy', 'The database connection is within a transaction of the host.')
      this.#connection.run('begin immediate')
    })
  }

  async commitTransaction(): Promise<void> {
    this.#connection.run('commit')
  }

  async rollbackTransaction(): Promise<void> {
    // SQLite has rolled back already after some failures, a full disk among them.
    if (this.#database.inTransaction) this.#connection.run('rollback')
  }

  async destroy(): Promise<void> {
    await this.#queue.enter()
    this.#queue.leave()
  }

  async #patiently(attempt: () => void): Promise<void> {
    const deadline = performance.now() + this.#patience
    for (let pause = 1; ; pause = Math.min(pause * 2, longestPause)) {
      try {
        this.#withoutWaiting(attempt)
        return
      } catch (caught) {
        const error = toStorageError(caught)
        const isBusy = error instanceof StorageError && error.code === 'busy'
        if (!isBusy || performance.now() >= deadline) throw error
      }
      await sleep(pause)
    }
  }

  /** SQLite would wait for a lock with the whole process. */
  #withoutWaiting(attempt: () => void) {
    this.#database.exec('pragma busy_timeout = 0')
    try {
      attempt()
    } finally {
      this.#database.exec(`pragma busy_timeout = ${this.#patience}`)
    }
  }
}
