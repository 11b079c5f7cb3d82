import { isStorageError, StorageError } from '@tenantry/core'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5000

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/**
 * Runs it again while others hold what it has to lock, with growing pauses in which everybody gets on. Gives up after
 * `patienceMs` and says what it was that was tried.
 */
export async function patiently<Result>(patienceMs: number, what: string, run: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + patienceMs
  for (let length = FIRST_PAUSE_MS; ; length = Math.min(length * 2, LONGEST_PAUSE_MS)) {
    try {
      return await run()
    } catch (error) {
      if (!isStorageError(error) || error.code !== 'busy') throw error
      if (performance.now() >= deadline) throw upFixture(what, error)
      await pause(length * (1 + Math.random()))
    }
  }
}

function upFixture(what: string, cause: StorageError): StorageError {
  return new StorageError(
    'unavailable',
    `${what} was given up, because other transactions held what it has to lock. End those that take long, or wait ` +
      'until they end, and call migrate() again.',
    { cause },
  )
}
