import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './database.js'
import { fairQueue, type FairQueue } from './fair-queue.js'
import { fromHost } from './host-values.js'
import type { Executor } from './statement.js'

/** A transaction that a host began and will end, as an adapter sees it. */
export interface HostTransaction {
  /** The host's own object. Whatever runs on it runs one after the other, because its connection is one. */
  readonly connection: object
  /** Promises what an adapter's Kysely instance promises, and throws a `TypeError` once the transaction has ended. */
  readonly executor: Executor
  /** Called before the first statement. Throws a `TypeError` where what the port promises cannot be kept. */
  check(): Promise<void>
  /**
   * Runs the storage's own statements between two of the host's, and leaves the settings as the host had them. A run
   * that rejects ends in a rollback, which takes its settings back.
   */
  between?<Result>(run: (executor: Executor) => Promise<Result>): Promise<Result>
}

// One queue a connection, however often and by however many storages it is entered.
const queues = new WeakMap<object, FairQueue>()

export function queueOf({ connection }: HostTransaction): FairQueue {
  const queue = queues.get(connection) ?? fairQueue()
  queues.set(connection, queue)
  return queue
}

export function endedTransaction(cause?: unknown): TypeError {
  return new TypeError('The transaction has ended, or never began. Call within() anew in each transaction.', { cause })
}

interface Facts {
  /** Whether the database can take back a `create table`, which tells the dialects of Kysely apart. */
  readonly transactionalDdl: boolean
  toStorageError(error: unknown): unknown
}

/** How statements run in a Kysely transaction of the host; `null` when it is none, or one of another database. */
export function kyselyExecutor(candidate: unknown, { transactionalDdl, toStorageError }: Facts): Executor | null {
  if (!isTransaction(candidate)) return null
  const { adapter } = candidate.getExecutor()
  if (!adapter.supportsReturning || adapter.supportsTransactionalDdl !== transactionalDdl) return null
  // The host's plugins are for the host's tables.
  const bare = candidate.withoutPlugins()
  return {
    async executeQuery<Row>(query: Parameters<Executor['executeQuery']>[0]) {
      try {
        const result = await bare.executeQuery(query)
        // Which rows a statement answers is known where it is written.
        return { ...result, rows: result.rows.map(fromHost) as Row[] }
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('Transaction is already')) throw endedTransaction(error)
        throw toStorageError(error)
      }
    },
  }
}

/** By its looks: the host may have another copy of Kysely, such as the one that `require` loads. */
function isTransaction(candidate: unknown): candidate is Transaction<Tables> {
  if (typeof candidate !== 'object' || candidate === null) return false
  // A look at members that Kysely has and others lack.
  const { isTransaction, getExecutor, withoutPlugins } = candidate as Partial<Kysely<Tables>>
  return isTransaction === true && typeof getExecutor === 'function' && typeof withoutPlugins === 'function'
}
