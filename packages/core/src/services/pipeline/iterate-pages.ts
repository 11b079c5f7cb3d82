import type { Position } from '../../model/page.js'

export interface PageOfRows<Place> {
  readonly limit: number
  readonly after: Place | undefined
}

/** Iterates over the pages of a list, fetching each page lazily. */
export async function* iteratePages<Row, Place = Position>(
  limit: number,
  list: (page: PageOfRows<Place>) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): AsyncGenerator<readonly Row[], void, undefined> {
  let after: Place | undefined
  for (;;) {
    const rows = await list({ limit, after })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    if (rows.length < limit) return
    after = placeOf(last)
  }
}
