import { setTimeout as wait } from 'node:timers/promises'
import { TenancyError } from '../errors.js'
import { isStorageError } from '../storage/storage-error.js'
import type { Context } from './context.js'

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 5

/**
 * Runs a transaction again while it loses against others, with growing, jittered pauses; then says so. Inside a
 * transaction of the host it says so at once: only the host can run that again.
 */
export async function retryWhenBusy<Result>(
  run: () => Promise<Result>,
  { hostTransaction = false }: Partial<Pick<Context, 'hostTransaction'>> = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!isStorageError(error)) throw error
      if (error.code === 'unavailable')
        throw new TenancyError('storage_unavailable', error.message, {}, { cause: error })
      if (error.code !== 'busy') throw error
      if (hostTransaction) throw tooSlow('Others were faster; roll back and run the transaction again', error)
      if (attempt === ATTEMPTS) throw tooSlow('Others were faster; try again', error)
      await wait(Math.random() * FIRST_PAUSE_MS * 2 ** attempt)
    }
  }
}

function tooSlow(message: string, cause: unknown): TenancyError {
  return new TenancyError('conflict', message, {}, { cause })
}
