import { sql } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { ColumnKind } from '../database/dialect.js'
import type { Migration } from './migration.js'

/** Allows null, or has a constant default, so that no row is written and what an earlier release inserts stays good. */
type AddedColumn = `${ColumnKind}?` | { readonly kind: ColumnKind; readonly default: string }

/** Adds columns to a table in use, which it locks for a moment. */
export function addColumns({
  name,
  table,
  columns,
}: {
  readonly name: string
  readonly table: keyof Tables
  readonly columns: Readonly<Record<string, AddedColumn>>
}): Migration {
  return {
    name,
    // One statement a column, which is all SQLite takes.
    parts: ({ db, dialect }) =>
      Object.entries(columns).map(([column, added]) => {
        const alter = db.schema.alterTable(table)
        const kind = typeof added === 'string' ? added.replace('?', '') : added.kind
        const type = dialect.columns[kind as ColumnKind] // without its question mark, the text is a kind again
        const statement =
          typeof added === 'string'
            ? alter.addColumn(column, type)
            : alter.addColumn(column, type, (one) => one.notNull().defaultTo(sql.lit(added.default)))
        return { query: statement.compile(), table, lock: 'access exclusive', how: 'transaction' }
      }),
  }
}
