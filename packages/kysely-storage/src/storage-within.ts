import { StorageError, type Locks, type Reads, type Storage, type Transaction } from '@tenantry/core'
import { CompiledQuery } from 'kysely'
import { queueOf, type HostTransaction } from './host-transaction.js'
import type { Executor } from './statement.js'

interface StorageParts {
  /** Refuses a storage that is closed, or a schema that is not of this version. */
  assertReady(executor: Executor): Promise<void>
  reads(executor: Executor): Reads
  now(): number
  /** Runs the work of one transaction, begun already. */
  work<Result>(executor: Executor, locks: readonly Locks[], work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

const savepoint = CompiledQuery.raw('savepoint tenantry')
const release = CompiledQuery.raw('release savepoint tenantry')
const rollback = CompiledQuery.raw('rollback to savepoint tenantry')

/** A storage whose transactions are savepoints in a transaction of the host, which alone commits. */
export function storageWithin(host: HostTransaction, parts: StorageParts): Storage {
  const { executor } = host
  const queue = queueOf(host)
  let ready = false
  let lost: StorageError | undefined

  /** One after the other, so a savepoint never lies within another one and one name is enough. */
  async function alone<Result>(run: (executor: Executor) => Promise<Result>): Promise<Result> {
    await queue.enter()
    try {
      if (lost) throw lost
      if (!ready) {
        await inSavepoint(async () => {
          await host.check()
          await parts.assertReady(executor)
        })
        ready = true
      }
      return await (host.between ? host.between(run) : run(executor))
    } finally {
      queue.leave()
    }
  }

  async function inSavepoint<Result>(run: () => Promise<Result>): Promise<Result> {
    await executor.executeQuery(savepoint)
    try {
      const result = await run()
      await executor.executeQuery(release)
      return result
    } catch (error) {
      await undo(error)
      throw error
    }
  }

  async function undo(failure: unknown) {
    try {
      await executor.executeQuery(rollback)
      await executor.executeQuery(release)
    } catch {
      // The failure has ended the transaction, or the connection: another statement could run outside of any.
      lost = new StorageError('unavailable', "The host's transaction is lost. Roll it back.", { cause: failure })
    }
  }

  return {
    migrate: () => Promise.reject(new TypeError('migrate() runs in no transaction of the host.')),
    // PostgreSQL takes nothing more after a failed statement, so a question needs a savepoint as a command does.
    read: parts.reads({ executeQuery: (query) => alone((within) => inSavepoint(() => within.executeQuery(query))) }),
    transaction({ organizations = [], tenants = [], users = [] }, work) {
      // Not every driver of a host takes two statements in one message.
      const locks = [
        ...[...organizations].sort().map((id) => ({ organizations: [id] })),
        ...[...tenants].sort().map((id) => ({ tenants: [id] })),
        ...[...users].sort().map((id) => ({ users: [id] })),
      ]
      return alone((within) => inSavepoint(() => parts.work(within, locks, work)))
    },
    within() {
      throw new TypeError('within() is called on the storage itself, not within a transaction.')
    },
    now: () => parts.now(),
    close: () => Promise.resolve(),
  }
}
