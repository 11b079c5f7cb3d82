import { setTimeout as wait } from 'node:timers/promises'
import { TenancyError } from '../../errors.js'
import { isStorageError, type StorageError } from '../../storage/storage-error.js'
import type { Context } from './context.js'

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 5
/** What an attempt works is not held against it; that it waited is. */
const PATIENCE_MS = 5000

/**
 * Runs a transaction again while it loses against others, up to seven times with growing, jittered pauses, and for about
 * 5 s of waiting; then says so. Any other failure of the storage becomes one of this library, with the storage's as its
 * cause. Inside a transaction of the host it says so at once: only the host can run that again.
 */
export async function retryWhenBusy<Result>(
  run: () => Promise<Result>,
  { hostTransaction = false }: Partial<Pick<Context, 'hostTransaction'>> = {},
): Promise<Result> {
  let waited = 0
  for (let attempt = 1; ; attempt++) {
    const began = performance.now()
    try {
      return await run()
    } catch (error) {
      if (!isStorageError(error)) throw error
      if (error.code !== 'busy') throw foreignFailure(error)
      if (hostTransaction)
        throw conflictAfterRetries('Others were faster; roll back and run the transaction again', error)
      if (error.waited) waited += performance.now() - began
      if (attempt === ATTEMPTS || waited >= PATIENCE_MS)
        throw conflictAfterRetries('Conflicting update; try again', error)
    }
    const pause = Math.random() * FIRST_PAUSE_MS * 2 ** attempt
    waited += pause
    await wait(pause)
  }
}

/** What no use case has foreseen. A rule of ours was broken by somebody at the same time; all else is the database's. */
function foreignFailure(cause: StorageError): TenancyError {
  return cause.code === 'conflict' && cause.constraint !== null
    ? new TenancyError('conflict', 'Somebody else changed the same thing meanwhile; try again', {}, { cause })
    : new TenancyError('storage_unavailable', cause.message, {}, { cause })
}

function conflictAfterRetries(message: string, cause: unknown): TenancyError {
  return new TenancyError('conflict', message, {}, { cause })
}
