import assert from 'node:assert/strict'
import type { Locks, Storage, Transaction } from '../storage/port.js'
import { type Constraint, isStorageError } from '../storage/storage-error.js'

/** Runs a transaction, again when it was `busy`, as the port allows. */
export async function write<Result>(
  storage: Storage,
  work: (tx: Transaction) => Promise<Result>,
  locks: Locks = {},
): Promise<Result> {
  for (let left = 100; ; left -= 1) {
    try {
      return await storage.transaction(locks, work)
    } catch (error) {
      if (left === 0 || !isStorageError(error) || error.code !== 'busy') throw error
    }
  }
}

/** The transaction must be refused by the named rule. */
export async function refuses(
  storage: Storage,
  constraint: Constraint,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  await assert.rejects(write(storage, work), (error) => {
    assert.ok(isStorageError(error), `expected a StorageError, got ${String(error)}`)
    assert.deepEqual({ code: error.code, constraint: error.constraint }, { code: 'conflict', constraint })
    return true
  })
}
