import type { Position } from '../../model/page.js'
import type { Reads } from '../../storage/port.js'
import { retryWhenBusy } from '../retry.js'
import { loadOrganizationStanding } from './organization-standing.js'
import type { OrganizationScope } from './organization-standing.js'

const ROWS_A_PAGE = 100

interface PageOfRows<Place> {
  readonly limit: number
  readonly after: Place | undefined
}

/** One question of a longer work, asked only while the caller is an admin of the organization. */
export function askAsAdmin<Answer>(scope: OrganizationScope, ask: (read: Reads) => Promise<Answer>): Promise<Answer> {
  const { context } = scope
  const { read } = context.storage
  return retryWhenBusy(async () => {
    await loadOrganizationStanding(read, scope, 'admin')
    return ask(read)
  }, context)
}

/** Rows one by one, read page by page: the next page is asked for when all of the one before have been taken. */
export async function* readPages<Row, Place = Position>(
  scope: OrganizationScope,
  list: (read: Reads, page: PageOfRows<Place>) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): AsyncGenerator<Row, void, undefined> {
  let after: Place | undefined
  for (;;) {
    const rows = await askAsAdmin(scope, (read) => list(read, { limit: ROWS_A_PAGE, after }))
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_A_PAGE) return
    after = placeOf(last)
  }
}
