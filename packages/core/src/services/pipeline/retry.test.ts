import { afterEach, expect, test, vi } from 'vitest'
import { StorageError } from '../../storage/storage-error.js'
import { retryWhenBusy } from './retry.js'

afterEach(() => vi.restoreAllMocks())

/** Work that loses so many times, and takes so many seconds each time. */
function workFixture({ losses, seconds, waited = false }: { losses: number; seconds: number; waited?: boolean }) {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  // No pause, however often it is run.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  let runs = 0
  const run = async () => {
    runs += 1
    now += seconds * 1000
    if (runs <= losses) throw new StorageError('busy', 'lost', { waited })
    return 'done'
  }
  return { run, runs: () => runs }
}

test('a transaction that loses after long work is run again, up to eight times in all', async () => {
  const seldom = workFixture({ losses: 7, seconds: 60 })
  expect(await retryWhenBusy(seldom.run)).toBe('done')
  const always = workFixture({ losses: Infinity, seconds: 60 })
  await expect(retryWhenBusy(always.run)).rejects.toMatchObject({ code: 'conflict', cause: { code: 'busy' } })
  expect(always.runs()).toBe(8)
})

test('a storage that waited for others for 5 s is not made to wait again', async () => {
  const long = workFixture({ losses: Infinity, seconds: 5, waited: true })
  await expect(retryWhenBusy(long.run)).rejects.toMatchObject({ code: 'conflict' })
  expect(long.runs()).toBe(1)
  const short = workFixture({ losses: Infinity, seconds: 2, waited: true })
  await expect(retryWhenBusy(short.run)).rejects.toMatchObject({ code: 'conflict' })
  expect(short.runs()).toBe(3)
})

test('a transaction of the host is not run again: only the host can do so', async () => {
  const { run, runs } = workFixture({ losses: 1, seconds: 0 })
  await expect(retryWhenBusy(run, { hostTransaction: true })).rejects.toMatchObject({ code: 'conflict' })
  expect(runs()).toBe(1)
})
