import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.js'

function countedJob(fails = false) {
  const seen = { began: 0, running: 0, most: 0 }
  const { run, idle } = oneAtATime(async () => {
    seen.began++
    seen.most = Math.max(seen.most, ++seen.running)
    await turn()
    seen.running--
    if (fails) throw new Error('no luck')
    return seen.began
  })
  return { seen, run, idle }
}

test('many calls at once make one run and one more after it', async () => {
  const { seen, run } = countedJob()
  const results = await Promise.all(Array.from({ length: 20 }, run))
  expect(results).toEqual([1, ...Array<number>(19).fill(2)])
  expect(seen).toEqual({ began: 2, running: 0, most: 1 })
})

test('never two run at once, whenever they are asked for', async () => {
  const { seen, run, idle } = countedJob()
  for (let call = 0; call < 50; call++) {
    void run()
    if (call % 3 === 0) await turn()
  }
  await idle()
  expect(seen).toMatchObject({ running: 0, most: 1 })
})

test.each([0, 1, 2, 3, 4, 5])('never two run at once, asked for %d microtasks after one has ended', async (count) => {
  const seen = { running: 0, most: 0 }
  let end = () => {}
  const { run } = oneAtATime(async () => {
    seen.most = Math.max(seen.most, ++seen.running)
    await new Promise<void>((resolve) => (end = resolve))
    seen.running--
  })
  void run()
  void run()
  end()
  for (let microtask = 0; microtask < count; microtask++) await Promise.resolve()
  void run()
  for (let ending = 0; ending < 4; ending++) {
    await turn()
    end()
  }
  expect(seen.most).toBe(1)
})

test('a run that fails fails for its callers and not for the next', async () => {
  const { seen, run, idle } = countedJob(true)
  const [first, second] = [run(), run()]
  await expect(first).rejects.toThrow('no luck')
  await expect(second).rejects.toThrow('no luck')
  await idle()
  expect(seen.began).toBe(2)
})
