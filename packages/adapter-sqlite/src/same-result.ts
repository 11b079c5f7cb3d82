import type { QueryResult } from 'kysely'

/** Whether a statement returned what it returned before. */
export function isSameResult(one: QueryResult<unknown>, other: QueryResult<unknown>): boolean {
  if (one.numAffectedRows !== other.numAffectedRows || one.rows.length !== other.rows.length) return false
  return one.rows.every((row, index) => isSameRow(row as Row, other.rows[index] as Row))
}

/** One statement, so the same columns in the same order. */
type Row = Readonly<Record<string, unknown>>

function isSameRow(one: Row, other: Row): boolean {
  for (const column in one) if (!isSameValue(one[column], other[column])) return false
  return true
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0
  return Object.is(one, other)
}
