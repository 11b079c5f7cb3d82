import { z } from 'zod'
import { Id } from './id.js'

/** Where a keyset page ended: the sort key of its last row. */
export const Position = z.object({ at: z.int(), id: Id })
export interface Position extends Readonly<z.infer<typeof Position>> {}

/** Where a page begins: behind a position (keyset), or after so many rows (for interfaces that number their pages). */
export interface PageRequest {
  readonly limit: number
  readonly after?: Position | undefined
  readonly offset?: number | undefined
}

/** A page of a list. `nextCursor` is `null` on the last page. `total` is there when the page was asked for by number. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
  readonly total?: number
}

/** What a cursor holds, whoever made it; `null` when it is none. */
export function fromCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** What every list takes: `limit` 1 to 100, default 20, and either a `cursor` from the page before or a `page` number from 1. */
export const PageInput = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  cursor: z
    .string()
    .max(400)
    .transform((text, context) => {
      const position = Position.safeParse(fromCursor(text))
      if (position.success) return position.data
      context.addIssue({ code: 'custom', message: 'must be a cursor from the page before' })
      return z.NEVER
    })
    .optional(),
  page: z.int().min(1).max(1_000_000).optional(),
})

/** The text form of a place in a list, safe in a URL. */
export function toCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

export function encodeCursor({ at, id }: Position): string {
  return toCursor({ at, id })
}

/** The storage's form of what the caller asked for. One row more is fetched, to know whether a next page exists. */
export function pageRequest(input: z.output<typeof PageInput>): PageRequest {
  return {
    limit: input.limit + 1,
    after: input.cursor,
    offset: input.page === undefined ? undefined : (input.page - 1) * input.limit,
  }
}

/** Turns up to `limit + 1` rows into a page. `total` is counted only when the page was asked for by its number. */
export async function toPage<Row>(
  input: z.output<typeof PageInput>,
  rows: readonly Row[],
  positionOf: (row: Row) => Position,
  count: () => Promise<number>,
): Promise<Page<Row>> {
  return pageOf(input, rows, (row) => encodeCursor(positionOf(row)), count)
}

/** {@link toPage} of a list that is in another order than that of moments. */
export async function pageOf<Row>(
  input: { readonly limit: number; readonly page?: number | undefined },
  rows: readonly Row[],
  cursorOf: (row: Row) => string,
  count: () => Promise<number>,
): Promise<Page<Row>> {
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  const nextCursor = rows.length > input.limit && last !== undefined ? cursorOf(last) : null
  return { items, nextCursor, ...(input.page === undefined ? {} : { total: await count() }) }
}
