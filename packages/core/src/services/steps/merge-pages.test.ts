import { expect, it } from 'vitest'
import type { PageRequest, Position } from '../../model/page.js'
import { mergePages } from './merge-pages.js'

/** Ids that a locale, the code units of a string and its bytes put in three different orders. */
const IDS = ['a', 'B', 'Z', 'ä', 'z', '_', '-', '10', '9', 'é', 'e\u0301', 'Ａ', '\u{1F600}', '\uFB01', 'ß', 'ss']

const inBytes = (one: Position, other: Position) =>
  one.at - other.at || Buffer.compare(Buffer.from(one.id), Buffer.from(other.id))

/** A source in the order that storages have: by moments, then by the bytes of ids. */
function source(rows: readonly Position[]) {
  const sorted = [...rows].sort(inBytes)
  return async ({ limit, after }: PageRequest) =>
    sorted.filter((row) => !after || inBytes(row, after) > 0).slice(0, limit)
}

const rows = IDS.flatMap((id) => [1, 2].map((at): Position => ({ at, id })))
const sources = [0, 1, 2].map((part) => source(rows.filter((_, index) => index % 3 === part)))
const expected = [...rows].sort(inBytes)

it.each([1, 2, 3, 5, 100])('lists merged by pages of %i have every row once, in the order of bytes', async (limit) => {
  const merged: Position[] = []
  for (;;) {
    const page = await mergePages(sources, (row) => row, { limit, after: merged.at(-1) })
    merged.push(...page)
    if (page.length < limit) break
  }
  expect(merged).toEqual(expected)
})

it('a page by number is the same part of the whole', async () => {
  const page = await mergePages(sources, (row) => row, { limit: 7, offset: 11 })
  expect(page).toEqual(expected.slice(11, 18))
})
