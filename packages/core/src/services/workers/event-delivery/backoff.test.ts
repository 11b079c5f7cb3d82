import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from './backoff.js'

test('the longest pause doubles from 5 seconds up to an hour', () => {
  const longest = Array.from({ length: 12 }, (_, index) => backoffMs(index + 1, () => 1) / 1000)
  expect(longest).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600])
})

test('a random half to all of it is waited, however many attempts there were', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const longest = backoffMs(attempts, () => 1)
      const pause = backoffMs(attempts, () => random)
      expect(pause).toBeGreaterThanOrEqual(Math.floor(longest / 2))
      expect(pause).toBeLessThanOrEqual(longest)
    }),
  )
})
