import type { PageRequest } from '@tenantry/core'
import type { StorageDialect } from '../database/dialect.js'
import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely'

/** A page in the flat form that statements take. */
export interface PageArguments {
  readonly limit: number
  readonly offset: number | undefined
  /** What the rows are in the order of, a moment for most lists. */
  readonly afterAt: number | string | undefined
  readonly afterId: string | undefined
}

export function pageArguments({ limit, offset, after }: PageRequest): PageArguments {
  return { limit, offset, afterAt: after?.at, afterId: after?.id }
}

/** Rows behind a place, by its columns in one direction; one comparison of rows, so that one index serves it. */
export function behind(
  columns: readonly string[],
  direction: 'ascending' | 'descending',
  place: readonly (string | number | undefined)[],
): RawBuilder<SqlBool> {
  const comparison = sql.raw(direction === 'ascending' ? '>' : '<')
  return sql<SqlBool>`(${sql.join(columns.map((column) => sql.ref(column)))}) ${comparison} (${sql.join(place)})`
}

/** One page of a query in the order of two columns, a moment or another value and an id that settles what it leaves open. */
export function onePage<DB, From extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, From, Row>,
  columns: readonly [at: string, id: string],
  direction: 'ascending' | 'descending',
  { limit, offset, afterAt, afterId }: PageArguments,
): SelectQueryBuilder<DB, From, Row> {
  const order = direction === 'ascending' ? 'asc' : 'desc'
  let page = query.orderBy(sql.ref(columns[0]), order).orderBy(sql.ref(columns[1]), order).limit(limit)
  if (afterAt !== undefined) page = page.where(behind(columns, direction, [afterAt, afterId]))
  return offset === undefined ? page : page.offset(offset)
}

/**
 * {@link onePage} of rows with what is joined to them. A page by number finds the ids of its rows first: the rows that it
 * skips are then read from an index alone, and nothing is joined to them.
 */
export function onePageById<DB, From extends keyof DB, Row, KeyFrom extends keyof DB>(
  { among }: Pick<StorageDialect, 'among'>,
  rows: SelectQueryBuilder<DB, From, Row>,
  ids: SelectQueryBuilder<DB, KeyFrom, unknown>,
  columns: readonly [at: string, id: string],
  direction: 'ascending' | 'descending',
  page: PageArguments,
): SelectQueryBuilder<DB, From, Row> {
  if (page.offset === undefined) return onePage(rows, columns, direction, page)
  const [at, id] = columns
  const order = direction === 'ascending' ? 'asc' : 'desc'
  const found = onePage(ids.select(sql<string>`${sql.ref(id)}`.as('id')), columns, direction, page)
  return (
    rows
      .where(among(sql.ref(id), found))
      // As an expression, so that SQLite looks the ids up, not through all rows in the order of the index.
      .orderBy(sql`+${sql.ref(at)}`, order)
      .orderBy(sql.ref(id), order)
  )
}
