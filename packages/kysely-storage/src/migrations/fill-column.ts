import { sql, type RawBuilder } from 'kysely'
import { type Tables, tables } from '../schema/tables.js'
import type { MigrationStatement } from '../database/migrator.js'
import type { Migration } from './migration.js'

const ROWS_A_BATCH = 1000

/**
 * Gives a column its value in the rows that are there already. `missing` tells the rows that have none yet, so that the
 * step can begin again wherever it stopped. What is inserted meanwhile comes from the release before, which does not
 * know the column: it is filled, too, or `missing` for good, as this step cannot know.
 */
export function fillColumn({
  name,
  table,
  column,
  value,
  missing = sql`${sql.ref(column)} is null`,
}: {
  readonly name: string
  readonly table: keyof Tables
  readonly column: string
  readonly value: RawBuilder<unknown>
  readonly missing?: RawBuilder<unknown>
}): Migration {
  const { key } = tables[table]
  const columns = sql.join(key.map((one) => sql.ref(one)))
  const update = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ${missing}`
  const behind = (after: readonly unknown[] | null) =>
    after === null ? sql`true` : sql`(${columns}) > (${sql.join(after)})`
  return {
    name,
    parts({ db, dialect }): readonly MigrationStatement[] {
      const whole = { query: update.compile(db), table, lock: 'rows' } as const
      if (!dialect.migrator.inBatches) return [{ ...whole, how: 'transaction' }]
      const end = (after: readonly unknown[] | null) =>
        sql<Record<string, unknown>>`
          select ${columns} from (
            select ${columns} from ${sql.table(table)} where ${behind(after)} order by ${columns} limit ${ROWS_A_BATCH}
          ) as batch order by ${sql.join(key.map((one) => sql`${sql.ref(one)} desc`))} limit 1`.compile(db)
      const run = (after: readonly unknown[] | null, upTo: readonly unknown[]) =>
        sql`${update} and ${behind(after)} and (${columns}) <= (${sql.join(upTo)})`.compile(db)
      const keyOf = (row: Record<string, unknown>) => key.map((one) => row[one])
      return [{ ...whole, how: 'batches', batches: { end, run, keyOf } }]
    },
  }
}
