import type { Position } from '../model/page.js'

export interface PageOfRows<Place> {
  readonly limit: number
  readonly after: Place | undefined
}

/** The pages of a list, none of which is empty: the next is asked for when the one before has been taken. */
export async function* pagesOf<Row, Place = Position>(
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
