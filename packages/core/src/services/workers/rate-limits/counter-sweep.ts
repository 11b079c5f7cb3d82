import type { Storage } from '../../../storage/port.js'
import { retryWhenBusy } from '../../pipeline/retry.js'

const EVERY_MS = 60 * 60 * 1000

/** Removes the expired counters, once an hour however often it is called: those that nobody uses again are never met. */
export function counterSweep({ storage, clock }: { readonly storage: Storage; readonly clock: () => number }) {
  let dueAt = 0
  return async (): Promise<void> => {
    const now = clock()
    if (now < dueAt) return
    dueAt = now + EVERY_MS
    await retryWhenBusy(() => storage.transaction({}, (tx) => tx.counters.sweep(now)))
  }
}
