import type { Locks, Reads, Storage, Transaction } from '@tenantry/core'
import type { HostTransaction } from '../database/host-transaction.js'
import type { Executor } from '../statements/statement.js'

interface StorageParts {
  /** Refuses a storage that is closed, or a schema that is not of this version. */
  assertReady(executor: Executor): Promise<void>
  reads(executor: Executor): Reads
  now(): number
  /** Runs the work of one transaction, begun already. */
  work<Result>(executor: Executor, locks: readonly Locks[], work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

/** A storage whose transactions are units in a transaction of the host, which alone commits. */
export function storageWithin(host: HostTransaction, parts: StorageParts): Storage {
  let isReady = false
  let checking: Promise<void> | undefined

  async function check(): Promise<void> {
    try {
      await host.check(parts.assertReady)
      isReady = true
    } finally {
      checking = undefined
    }
  }

  async function unit<Result>(run: (executor: Executor) => Promise<Result>): Promise<Result> {
    if (!isReady) await (checking ??= check())
    return host.unit(run)
  }

  return {
    migrate: () => Promise.reject(new TypeError('migrate() runs in no transaction of the host.')),
    check: () => Promise.reject(new TypeError('check() runs in no transaction of the host.')),
    read: parts.reads({ executeQuery: (query) => unit((within) => within.executeQuery(query)) }),
    transaction({ organizations = [], tenants = [], users = [] }, work) {
      // Not every driver of a host takes two statements in one message.
      const locks = [
        ...[...organizations].sort().map((id) => ({ organizations: [id] })),
        ...[...tenants].sort().map((id) => ({ tenants: [id] })),
        ...[...users].sort().map((id) => ({ users: [id] })),
      ]
      return unit((within) => parts.work(within, locks, work))
    },
    withTransaction() {
      throw new TypeError('withTransaction() is called on the storage itself, not within a transaction.')
    },
    now: () => parts.now(),
    close: () => Promise.resolve(),
  }
}
