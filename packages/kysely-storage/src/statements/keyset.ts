import type { PageRequest } from '@tenantry/core'
import { sql, type RawBuilder, type SqlBool } from 'kysely'

/** A page in the flat form that statements take. */
export interface PageArguments {
  readonly limit: number
  readonly offset: number | undefined
  readonly afterAt: number | undefined
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

/** The same, where a page says the place. */
export function afterTuple(
  columns: readonly [at: string, id: string],
  direction: 'ascending' | 'descending',
  page: { readonly afterAt: number | string | undefined; readonly afterId: string | undefined },
): RawBuilder<SqlBool> {
  return behind(columns, direction, [page.afterAt, page.afterId])
}
