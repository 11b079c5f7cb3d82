import { describe, expect, test } from 'vitest'
import { fairQueue } from './fair-queue.js'

describe('the queue for the connection', () => {
  test('lets in one at a time, in the order of arrival, however many wait', async () => {
    const queue = fairQueue()
    const arrivals = Array.from({ length: 5000 }, (_, index) => index)
    const served: number[] = []
    let inside = 0
    await Promise.all(
      arrivals.map(async (arrival) => {
        await queue.enter()
        inside += 1
        expect(inside).toBe(1)
        await Promise.resolve()
        served.push(arrival)
        inside -= 1
        queue.leave()
      }),
    )
    expect(served).toEqual(arrivals)
  })

  test('keeps the order for those who come again while others wait', async () => {
    const queue = fairQueue()
    const served: string[] = []
    const visit = async (name: string) => {
      await queue.enter()
      served.push(name)
      await Promise.resolve()
      queue.leave()
    }
    await Promise.all([visit('ann').then(() => visit('ann again')), visit('bob'), visit('eve')])
    expect(served).toEqual(['ann', 'bob', 'eve', 'ann again'])
  })

  test('is free again once everybody left', async () => {
    const queue = fairQueue()
    await queue.enter()
    const second = queue.enter()
    queue.leave()
    await second
    queue.leave()
    await queue.enter()
  })
})
