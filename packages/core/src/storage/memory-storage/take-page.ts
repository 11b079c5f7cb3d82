import type { PageRequest, Position } from '../../model/page.js'

/** One page of rows, in the order of their positions or against it. */
export function takePage<Row>(
  rows: readonly Row[],
  page: PageRequest,
  order: 'oldest' | 'newest',
  position: (row: Row) => Position,
): readonly Row[] {
  const sign = order === 'oldest' ? 1 : -1
  const { after, offset = 0, limit } = page
  return rows
    .filter((row) => !after || sign * comparePositions(position(row), after) > 0)
    .sort((a, b) => sign * comparePositions(position(a), position(b)))
    .slice(offset, offset + limit)
}

function comparePositions(a: Position, b: Position) {
  return a.at - b.at || compareIds(a.id, b.id)
}

/** Ids are ASCII, so that the order of code units is the order of bytes. */
export function compareIds(a: string, b: string) {
  return a < b ? -1 : a > b ? 1 : 0
}
