import type { DatabaseConnection, Kysely, Transaction } from 'kysely'
import type { Executor } from '../statements/statement.js'

/** A transaction that a host began and will end, as an adapter sees it. It throws a `TypeError` once that has ended. */
export interface HostTransaction {
  /** Called before the first unit. Throws a `TypeError` where what the port promises cannot be kept. */
  check(assertReady: (executor: Executor) => Promise<void>): Promise<void>
  /**
   * Runs statements that belong together: kept for the host's commit when `run` resolves, undone when it rejects. One
   * unit runs after the other. What the host sends on its connection meanwhile becomes part of none, nor sees its settings.
   */
  unit<Result>(run: (executor: Executor) => Promise<Result>): Promise<Result>
}

export function endedTransaction(cause?: unknown): TypeError {
  return new TypeError('The transaction has ended, or never began. Call withTransaction() anew in each transaction.', {
    cause,
  })
}

/** A Kysely transaction of the host. */
export interface KyselyTransaction {
  /** Hands out its connection, to one after the other: whatever else the host runs in the transaction waits for the end. */
  provide<Result>(consumer: (connection: DatabaseConnection) => Promise<Result>): Promise<Result>
}

/**
 * The candidate, when it is a Kysely transaction whose database can unshare a `create table` or cannot, which tells
 * the dialects of Kysely apart.
 */
export function kyselyTransaction(candidate: unknown, transactionalDdl: boolean): KyselyTransaction | null {
  if (!isTransaction(candidate)) return null
  const executor = candidate.getExecutor()
  const { supportsReturning, supportsTransactionalDdl } = executor.adapter
  if (!supportsReturning || supportsTransactionalDdl !== transactionalDdl) return null
  return {
    async provide(consumer) {
      try {
        return await executor.provideConnection(consumer)
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('Transaction is already')) throw endedTransaction(error)
        throw error
      }
    },
  }
}

/** By its looks: the host may have another copy of Kysely, such as the one that `require` loads. */
function isTransaction(candidate: unknown): candidate is Transaction<unknown> {
  if (typeof candidate !== 'object' || candidate === null) return false
  // A look at members that Kysely has and others lack.
  const { isTransaction, getExecutor } = candidate as Partial<Kysely<unknown>>
  return isTransaction === true && typeof getExecutor === 'function'
}
