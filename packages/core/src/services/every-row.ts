import type { PageRequest, Position } from '../model/page.js'

const ROWS_A_PAGE = 500

/** Every row of a list, read page by page. */
export async function everyRow<Row>(
  list: (page: PageRequest) => Promise<readonly Row[]>,
  positionOf: (row: Row) => Position,
): Promise<readonly Row[]> {
  const all: Row[] = []
  for (;;) {
    const last = all.at(-1)
    const rows = await list({ limit: ROWS_A_PAGE, after: last && positionOf(last) })
    all.push(...rows)
    if (rows.length < ROWS_A_PAGE) return all
  }
}
