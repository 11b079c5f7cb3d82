import { setTimeout as wait } from 'node:timers/promises'
import { TenancyError } from '../errors.js'
import { isStorageError } from '../storage/storage-error.js'

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 5

/** Runs a transaction again while it loses against others, with growing, jittered pauses; then says so. */
export async function retryWhenBusy<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!isStorageError(error)) throw error
      if (error.code === 'unavailable')
        throw new TenancyError('storage_unavailable', error.message, {}, { cause: error })
      if (error.code !== 'busy') throw error
      if (attempt === ATTEMPTS)
        throw new TenancyError('conflict', 'Others were faster; try again', {}, { cause: error })
      await wait(Math.random() * FIRST_PAUSE_MS * 2 ** attempt)
    }
  }
}
