import type { PageRequest, Position } from '../../model/page.js'

/** One page of several lists that are each in the order of moments, then of ids by their bytes. */
export async function mergePages<Row>(
  lists: readonly ((page: PageRequest) => Promise<readonly Row[]>)[],
  positionOf: (row: Row) => Position,
  { limit, after, offset = 0 }: PageRequest,
): Promise<readonly Row[]> {
  const parts = await Promise.all(lists.map((list) => list({ limit: offset + limit, after })))
  const rows = parts.flat().sort((one, other) => compare(positionOf(one), positionOf(other)))
  return rows.slice(offset, offset + limit)
}

function compare(one: Position, other: Position): number {
  return one.at - other.at || Buffer.compare(Buffer.from(one.id), Buffer.from(other.id))
}
