import assert from 'node:assert/strict'
import type { PageRequest, Position } from '../model/page.js'

// Ids whose order by bytes differs from any order by words: upper case before lower, signs before and between.
const ids = `! " % ' - 0 1- 10 9 A B a-b [ \\ _ a aB a_b aa ab b b! z { ~`.split(' ')

/** 25 positions at three moments, in no order. */
export const scatteredPlaces: readonly Position[] = ids.map((_, index) => ({
  id: ids[(index * 7) % ids.length] ?? '',
  at: 1_750_000_000_000 + (index % 3),
}))

function inOrder(order: 'oldest' | 'newest'): readonly Position[] {
  const sign = order === 'oldest' ? 1 : -1
  return [...scatteredPlaces].sort(
    (a, b) => sign * (a.at - b.at || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))),
  )
}

/**
 * Reads a list of {@link scatteredPlaces} in pages of many sizes, by position, by offset and in one, from its start and
 * from positions at which no row is: always the same rows in the same order, each once.
 */
export async function assertPages<Row>(
  order: 'oldest' | 'newest',
  list: (page: PageRequest) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Position,
): Promise<void> {
  const expected = inOrder(order)
  const read = async (page: PageRequest) => (await list(page)).map(placeOf)

  for (const limit of [1, 3, 5, 24, 25, 26, 10_000]) {
    const byPosition: Position[] = []
    const byOffset: Position[] = []
    for (let count = 0; count < expected.length; count += limit) {
      byPosition.push(...(await read({ limit, after: byPosition.at(-1) })))
      byOffset.push(...(await read({ limit, offset: count })))
    }
    assert.deepEqual(byPosition, expected, `pages of ${limit} by position`)
    assert.deepEqual(byOffset, expected, `pages of ${limit} by offset`)
  }

  assert.deepEqual(await read({ limit: 5, after: expected.at(-1) }), [], 'behind the last row')
  assert.deepEqual(await read({ limit: 5, offset: expected.length }), [], 'beyond the last row')
  for (const at of new Set(expected.map((place) => place.at))) {
    const gap = { at, id: 'M' }
    const behind = expected.filter((place) =>
      order === 'oldest'
        ? place.at > at || (place.at === at && place.id > 'M')
        : place.at < at || (place.at === at && place.id < 'M'),
    )
    assert.deepEqual(await read({ limit: 100, after: gap }), behind, 'behind a position at which no row is')
  }
}
