import { setTimeout as sleep } from 'node:timers/promises'
import { isStorageError, StorageError } from '@tenantry/core'
import { toStorageError } from './errors.js'

const longestPause = 20

export interface Waiting {
  /** Since when the caller waits, by `performance.now()`. Default: now. */
  readonly since?: number | undefined
  /** Whether waiting cannot help. */
  isHopeless?(): boolean
}

/** Runs `attempt` again while it is `busy`, for `patience` milliseconds in all, without blocking the process. */
export async function patiently<Result>(
  attempt: () => Result,
  patience: number,
  { since, isHopeless }: Waiting = {},
): Promise<Result> {
  let deadline: number | undefined
  for (let pause = 1; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return attempt()
    } catch (caught) {
      const error = toStorageError(caught)
      if (!isStorageError(error) || error.code !== 'busy' || isHopeless?.()) throw error
      deadline ??= (since ?? performance.now()) + patience
      if (performance.now() >= deadline)
        throw new StorageError('busy', error.message, { cause: error.cause, waited: true })
    }
    await sleep(pause)
  }
}
