import { isStorageError } from '@tenantry/core'
import type { StorageQuery } from '@tenantry/kysely-storage'
import type { DatabaseConnection, QueryResult } from 'kysely'
import type { SqliteConnection } from './connection.js'
import type { Waiting } from './patience.js'
import type { ReplayedTransaction } from './replayed-transaction.js'

const isSelect = (sql: string) => /^\s*select\b/i.test(sql)

/** Runs one synchronous block on the connection while nobody else is in a transaction there. */
export type RunBlock = <Result>(
  block: () => Result,
  waiting?: Waiting & { readonly reads?: boolean },
) => Promise<Result>

/** What Kysely takes for a connection: single statements, or those of one transaction. */
export class SqliteSession implements DatabaseConnection {
  readonly #connection: SqliteConnection
  readonly #run: RunBlock
  #transaction: ReplayedTransaction | undefined
  #since: number | undefined
  #ended = false

  constructor(connection: SqliteConnection, run: RunBlock) {
    this.#connection = connection
    this.#run = run
  }

  /** @param since when the caller asked for the transaction, by `performance.now()`. */
  begin(transaction: ReplayedTransaction, since?: number): void {
    this.#transaction = transaction
    this.#since = since
  }

  get isInTransaction(): boolean {
    return this.#transaction !== undefined
  }

  async executeQuery<Row>(query: StorageQuery): Promise<QueryResult<Row>> {
    const result = this.#transaction
      ? await this.#inTransaction((transaction) => transaction.execute(query))
      : await this.#run(() => this.#connection.run(query.sql, query.parameters), { reads: isSelect(query.sql) })
    // Which rows a statement returns is known where it is written; Kysely has derived the type from it.
    return result as QueryResult<Row>
  }

  async commit(): Promise<void> {
    await this.#inTransaction((transaction) => transaction.commit())
    this.#ended = true
  }

  /** Nothing is open that could be rolled back; what the work was refused for has to be true all at once, though. */
  async rollback(): Promise<void> {
    if (!this.#ended) await this.#inTransaction((transaction) => transaction.verify())
    this.#ended = true
  }

  async #inTransaction<Result>(block: (transaction: ReplayedTransaction) => Result): Promise<Result> {
    const transaction = this.#transaction
    if (!transaction || this.#ended) throw new TypeError('The transaction has ended, or never began.')
    const since = this.#since
    // Once the transaction has got through, each of its later blocks may wait as long.
    this.#since = undefined
    try {
      return await this.#run(() => block(transaction), { since, isHopeless: () => this.#ended || transaction.isLost })
    } catch (error) {
      // A refused statement is a part of the work; after any other failure nothing is left to be looked at.
      if (!isStorageError(error) || error.code !== 'conflict') this.#ended = true
      throw error
    }
  }

  // eslint-disable-next-line require-yield -- a cached statement must never be iterated by two
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError('The storage does not stream.')
  }
}
