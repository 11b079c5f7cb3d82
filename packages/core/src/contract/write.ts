import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Locks, Storage, Transaction } from '../storage/port.js'
import { type Constraint, isStorageError } from '../storage/storage-error.js'

/** Runs a transaction, again when it was `busy`, as the port allows. */
export async function write<Result>(
  storage: Storage,
  work: (tx: Transaction) => Promise<Result>,
  locks: Locks = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await storage.transaction(locks, work)
    } catch (error) {
      if (attempt === 100 || !isStorageError(error) || error.code !== 'busy') throw error
      await setTimeout(Math.random() * Math.min(attempt, 20))
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
