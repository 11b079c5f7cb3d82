import type { PageRequest, Position } from '../../model/page.js'
import { iteratePages } from './iterate-pages.js'

const PAGE_SIZE = 500

/** Every row of a list, read page by page. */
export async function collectAll<Row>(
  list: (page: PageRequest) => Promise<readonly Row[]>,
  positionOf: (row: Row) => Position,
): Promise<readonly Row[]> {
  const all: Row[] = []
  for await (const rows of iteratePages(PAGE_SIZE, list, positionOf)) all.push(...rows)
  return all
}
