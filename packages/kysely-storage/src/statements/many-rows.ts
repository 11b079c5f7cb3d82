import type { Compilable } from 'kysely'
import { ofTenant, statement, type Executor } from './statement.js'

/** How many rows one statement writes: of few sizes, so that few statements are compiled and prepared. */
const SIZES = [50, 10, 1] as const

type Flat = Readonly<Record<string, unknown>>

/** Writes many rows of one tenant, each with the same columns. */
export function manyRowsOfTenant<Row extends object>(
  build: (tenantId: string, rows: readonly Row[]) => Compilable<unknown>,
) {
  const some = ofTenant(
    'tenantId',
    ({ tenantId, ...flat }: Flat & { readonly tenantId: string }) => build(tenantId, toRows(flat)),
    { deferrable: true },
  )
  return async (executor: Executor, tenantId: string, rows: readonly Row[]): Promise<void> => {
    for (const chunk of chunksOf(rows)) await some.affect(executor, { ...toFlat(chunk), tenantId })
  }
}

/** Writes many rows of a table that belongs to no tenant, each with the same columns. */
export function manyRows<Row extends object>(build: (rows: readonly Row[]) => Compilable<unknown>) {
  const some = statement((flat: Flat) => build(toRows(flat)), { deferrable: true })
  return async (executor: Executor, rows: readonly Row[]): Promise<void> => {
    for (const chunk of chunksOf(rows)) await some.affect(executor, toFlat(chunk))
  }
}

/** Rows by a key, in the order in which the keys come. */
export function groupsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

function* chunksOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  let from = 0
  for (const size of SIZES) for (; from + size <= rows.length; from += size) yield rows.slice(from, from + size)
}

function toFlat(rows: readonly object[]): Flat {
  return Object.fromEntries(
    rows.flatMap((row, at) => Object.entries(row).map(([column, value]) => [`${at} ${column}`, value])),
  )
}

function toRows<Row extends object>(flat: Flat): readonly Row[] {
  const rows: Record<string, unknown>[] = []
  for (const [name, value] of Object.entries(flat)) {
    const [at, column = ''] = name.split(' ')
    ;(rows[Number(at)] ??= {})[column] = value
  }
  // They were flattened from this very type.
  return rows as readonly object[] as readonly Row[]
}
