import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { noon } from './fixtures/rows.js'
import { awkward } from './texts.js'
import { write } from './write.js'

const find = (storage: Storage, key: string, now = noon) => write(storage, (tx) => tx.counters.find({ key, now }))
const add = (storage: Storage, key: string, points: number, expiresAt: number, now = noon, restart?: boolean) =>
  write(storage, (tx) =>
    tx.counters.add({ key, points, expiresAt, now, ...(restart === undefined ? {} : { restart }) }),
  )

export const counterCases = [
  contractCase('counter-find', 'A counter is found until it expires', async (storage) => {
    await add(storage, 'one', 3, noon + 10)
    assert.deepEqual(await find(storage, 'one', noon + 9), { points: 3, expiresAt: noon + 10 })
    assert.equal(await find(storage, 'one', noon + 10), null)
    assert.equal(await find(storage, 'one', noon + 11), null)
    for (const key of ['ONE', 'on', 'on_', '%', '']) assert.equal(await find(storage, key), null)
    await add(storage, awkward, 1, noon + 10)
    assert.equal((await find(storage, awkward))?.points, 1)
  }),

  contractCase(
    'counter-add',
    'A counter begins anew when there is none, when it expired and when told to',
    async (storage) => {
      assert.deepEqual(await add(storage, 'one', 2, noon + 10), { points: 2, expiresAt: noon + 10 })
      assert.deepEqual(await add(storage, 'one', 5, noon + 30, noon + 10), { points: 5, expiresAt: noon + 30 })
      assert.deepEqual(await add(storage, 'one', 1, noon + 50, noon + 11, true), { points: 1, expiresAt: noon + 50 })
      assert.deepEqual(await add(storage, 'new', 4, noon + 50, noon, true), { points: 4, expiresAt: noon + 50 })
      assert.deepEqual(await find(storage, 'one', noon + 11), { points: 1, expiresAt: noon + 50 })
    },
  ),

  contractCase('counter-add-window', "A counter keeps its window's first end", async (storage) => {
    await add(storage, 'one', 2, noon + 10)
    await add(storage, 'two', 7, noon + 10)
    assert.deepEqual(await add(storage, 'one', 3, noon + 99, noon + 9), { points: 5, expiresAt: noon + 10 })
    assert.deepEqual(await add(storage, 'one', 1, noon + 11, noon + 9, false), { points: 6, expiresAt: noon + 10 })
    assert.deepEqual(await find(storage, 'one'), { points: 6, expiresAt: noon + 10 })
    assert.deepEqual(await find(storage, 'two'), { points: 7, expiresAt: noon + 10 })
  }),

  contractCase('counter-add-ahead', 'A window ends no later than one that begins now', async (storage) => {
    await add(storage, 'one', 2, noon + 3010, noon + 3000)
    assert.deepEqual(await add(storage, 'one', 3, noon + 10), { points: 5, expiresAt: noon + 10 })
    assert.deepEqual(await add(storage, 'one', 1, noon + 11, noon + 1), { points: 6, expiresAt: noon + 10 })
    assert.deepEqual(await find(storage, 'one'), { points: 6, expiresAt: noon + 10 })
  }),

  contractCase('counter-add-concurrent', 'Fifty additions at once lose no point', async (storage) => {
    const added = await Promise.all(Array.from({ length: 50 }, () => add(storage, 'one', 1, noon + 10)))
    const points = added.map((counter) => counter.points).sort((a, b) => a - b)
    assert.deepEqual(
      points,
      Array.from({ length: 50 }, (_, index) => index + 1),
    )
    assert.equal((await find(storage, 'one'))?.points, 50)
  }),

  contractCase('counter-delete', 'A counter is removed, and no other', async (storage) => {
    await add(storage, 'one', 1, noon + 10)
    await add(storage, 'two', 1, noon + 10)
    const remove = (key: string) => write(storage, (tx) => tx.counters.delete(key))
    assert.deepEqual([await remove('one'), await remove('one'), await remove('unknown')], [true, false, false])
    assert.equal(await find(storage, 'one'), null)
    assert.equal((await find(storage, 'two'))?.points, 1)
  }),

  contractCase('counter-sweep', 'A sweep removes the counters that expired, and no other', async (storage) => {
    for (const [index, key] of ['before', 'now', 'after'].entries()) await add(storage, key, 1, noon + 9 + index, noon)
    const sweep = () => write(storage, (tx) => tx.counters.sweep(noon + 10))
    assert.deepEqual([await sweep(), await sweep()], [2, 0])
    assert.deepEqual([await find(storage, 'before'), await find(storage, 'now')], [null, null])
    assert.deepEqual(await find(storage, 'after'), { points: 1, expiresAt: noon + 11 })
  }),
]
