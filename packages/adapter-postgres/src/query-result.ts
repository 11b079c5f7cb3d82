import type { QueryResult } from 'kysely'
import type { PostgresResult } from './postgres-pool.js'

/** What pg answers to one message. */
export type Answer = PostgresResult | readonly PostgresResult[]

/** Of several statements, the last answers. */
export function toQueryResult<Row>(answer: Answer): QueryResult<Row> {
  const result = 'rows' in answer ? answer : answer.at(-1)
  if (!result) return { rows: [] }
  // Which rows a statement answers is known where it is written; Kysely has derived the type from it.
  const rows = result.rows as Row[]
  const isWrite = /^(INSERT|UPDATE|DELETE)$/.test(result.command)
  return isWrite ? { rows, numAffectedRows: BigInt(result.rowCount ?? 0) } : { rows }
}
