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

/** Rows page by page, none of which is empty: the next is asked for when the one before has been taken. */
export async function* readPages<Row, Place = Position>(
  scope: OrganizationScope,
  list: (read: Reads, page: PageOfRows<Place>) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): AsyncGenerator<readonly Row[], void, undefined> {
  let after: Place | undefined
  for (;;) {
    const rows = await askAsAdmin(scope, (read) => list(read, { limit: ROWS_A_PAGE, after }))
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    if (rows.length < ROWS_A_PAGE) return
    after = placeOf(last)
  }
}

/** The rows of {@link readPages} one by one. */
export async function* readRows<Row, Place = Position>(
  ...asked: Parameters<typeof readPages<Row, Place>>
): AsyncGenerator<Row, void, undefined> {
  for await (const rows of readPages(...asked)) yield* rows
}
