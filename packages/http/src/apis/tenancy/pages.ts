import { z } from 'zod'
import { queryInteger } from '../../handler/fields.js'
import { Reply } from '../../handler/route.js'

/** The query parameters of every list. */
export const pageQuery = {
  limit: queryInteger({ maximum: 100, fallback: 20 }),
  cursor: z.string().max(6000).optional().describe('The `nextCursor` of the page before'),
}

/** `true` or `false` in a query string. Default `false`. */
export function queryFlag() {
  return z
    .string()
    .transform((text, context): boolean => {
      if (text === 'true' || text === 'false') return text === 'true'
      context.addIssue({ code: 'custom', message: 'must be true or false' })
      return z.NEVER
    })
    .default(false)
    .meta({ type: 'boolean' })
}

/** A page of items. `nextCursor` is `null` on the last page. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ items: z.array(row), nextCursor: z.string().nullable() })
}

/** The headers of a page, for the OpenAPI document. */
export const PAGE_HEADERS = { Link: 'The next page, as `<…>; rel="next"`, while there is one' }

interface Rows<Row> {
  readonly items: readonly Row[]
  readonly nextCursor?: string | null
}

/** A page with a link to the next page of the same query. A complete list is a single page. */
export function toPageReply<Row, Wire>(
  query: object,
  { items, nextCursor = null }: Rows<Row>,
  present: (row: Row) => Wire,
): Reply {
  const body = { items: items.map(present), nextCursor }
  return new Reply(
    body,
    nextCursor === null ? {} : { headers: { Link: `<?${nextQuery(query, nextCursor)}>; rel="next"` } },
  )
}

function nextQuery(query: object, cursor: string): string {
  const asked = Object.entries({ ...query, cursor }).filter(([, value]) => value !== undefined)
  return new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)])).toString()
}
