import type { Position } from '../../../model/page.js'
import type { Reads } from '../../../storage/port.js'
import { iteratePages } from '../../pipeline/iterate-pages.js'
import type { PageOfRows } from '../../pipeline/iterate-pages.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { resolveOrganizationAccess } from '../../pipeline/organization-access.js'
import type { OrganizationScope } from '../../pipeline/organization-access.js'

const PAGE_SIZE = 100

/** One question of a longer work, asked only while the caller is an admin of the organization. */
export function askAsAdmin<Answer>(scope: OrganizationScope, ask: (read: Reads) => Promise<Answer>): Promise<Answer> {
  const { context } = scope
  const { read } = context.storage
  return retryWhenBusy(async () => {
    await resolveOrganizationAccess(read, scope, 'admin')
    return ask(read)
  }, context)
}

/** Rows page by page, each page asked for as {@link askAsAdmin} asks. */
export function readPages<Row, Place = Position>(
  scope: OrganizationScope,
  list: (read: Reads, page: PageOfRows<Place>) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): AsyncGenerator<readonly Row[], void, undefined> {
  return iteratePages(PAGE_SIZE, (page) => askAsAdmin(scope, (read) => list(read, page)), placeOf)
}

/** The rows of {@link readPages} one by one. */
export async function* readRows<Row, Place = Position>(
  ...asked: Parameters<typeof readPages<Row, Place>>
): AsyncGenerator<Row, void, undefined> {
  for await (const rows of readPages(...asked)) yield* rows
}
