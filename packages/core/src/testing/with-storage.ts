import type { Reads, Storage, Transaction } from '../storage/port.js'

/** A storage that differs from another in some of its repositories or reads. */
export function withStorage(
  storage: Storage,
  change: {
    readonly tx?: (tx: Transaction) => Partial<Transaction>
    readonly read?: (read: Reads) => Partial<Reads>
  },
): Storage {
  return {
    ...storage,
    read: { ...storage.read, ...change.read?.(storage.read) },
    transaction: (locks, work) => storage.transaction(locks, (tx) => work({ ...tx, ...change.tx?.(tx) })),
  }
}
