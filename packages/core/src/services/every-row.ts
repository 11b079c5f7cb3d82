import type { PageRequest, Position } from '../model/page.js'
import { pagesOf } from './pages-of.js'

const ROWS_A_PAGE = 500

/** Every row of a list, read page by page. */
export async function everyRow<Row>(
  list: (page: PageRequest) => Promise<readonly Row[]>,
  positionOf: (row: Row) => Position,
): Promise<readonly Row[]> {
  const all: Row[] = []
  for await (const rows of pagesOf(ROWS_A_PAGE, list, positionOf)) all.push(...rows)
  return all
}
