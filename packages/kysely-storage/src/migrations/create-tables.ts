import {
  sql,
  type ColumnDefinitionBuilder,
  type CompiledQuery,
  type CreateTableBuilder,
  type ForeignKeyConstraintBuilder,
} from 'kysely'
import { foreignKeyName, indexName, keyName, primaryKeyName } from '../schema/constraints.js'
import type { Tables } from '../schema/tables.js'
import type { ColumnKind, Sql } from '../database/dialect.js'
import type { MigrationStatement } from '../database/migrator.js'
import type { Migration } from './migration.js'

interface ForeignKey {
  readonly columns: readonly string[]
  readonly table: keyof Tables
  readonly references: readonly string[]
  /** Checked at the commit only. */
  readonly deferred?: boolean
  /** Rows go with the row they refer to. */
  readonly cascade?: boolean
}

/** A table as a migration writes it down. A `?` after the kind of a column allows null. */
export interface TableShape {
  readonly columns: Readonly<Record<string, ColumnKind | `${ColumnKind}?`>>
  readonly primary: readonly string[]
  readonly unique?: readonly (readonly string[])[]
  readonly uniqueWhere?: { readonly columns: readonly string[]; readonly column: string; readonly is: string }
  readonly foreign?: readonly ForeignKey[]
  readonly indexes?: readonly (readonly string[])[]
  readonly clustered?: boolean
}

type Shapes = Readonly<Partial<Record<keyof Tables, TableShape>>>

/** Creates tables with their keys and indexes. A foreign key may name a table that comes later, or is there already. */
export function createTables(name: string, shapes: Shapes): Migration {
  return { name, parts: (sql) => statementsOf(sql, shapes) }
}

function statementsOf(sql: Sql, shapes: Shapes): readonly MigrationStatement[] {
  const { distribution, forwardReferences } = sql.dialect
  const created: (keyof Tables)[] = []
  const made: CompiledQuery[] = []
  const later: [table: keyof Tables, key: ForeignKey][] = []
  // Object.entries forgets which keys there are.
  for (const [table, shape] of Object.entries(shapes) as [keyof Tables, TableShape][]) {
    created.push(table)
    const keys = (shape.foreign ?? []).filter((key) => distribution?.mayRefer(table, key.table) ?? true)
    const isNow = (key: ForeignKey) => !distribution && (forwardReferences || created.includes(key.table))
    later.push(...keys.filter((key) => !isNow(key)).map((key) => [table, key] as (typeof later)[number]))
    made.push(tableOf(sql, table, shape, keys.filter(isNow)), ...indexesOf(sql, table, shape))
  }
  // Tables are distributed while they are empty, and get their foreign keys last.
  for (const table of created) made.push(...(distribution?.distribute(sql.db, table) ?? []))
  return [
    ...made.map((query) => ({ query, table: null, lock: null, how: 'transaction' }) as const),
    ...later.map(([table, key]) => {
      const query = foreignKeyOf(sql, table, key)
      if (created.includes(key.table)) return { query, table: null, lock: null, how: 'transaction' } as const
      return { query, table: key.table, lock: 'share row exclusive', how: 'transaction' } as const
    }),
  ]
}

const notNull = (column: ColumnDefinitionBuilder) => column.notNull()

const withOptions =
  ({ deferred, cascade }: ForeignKey) =>
  (constraint: ForeignKeyConstraintBuilder) => {
    const checked = deferred ? constraint.deferrable().initiallyDeferred() : constraint
    return cascade ? checked.onDelete('cascade') : checked
  }

function tableOf(
  { db, dialect }: Sql,
  table: keyof Tables,
  shape: TableShape,
  keys: readonly ForeignKey[],
): CompiledQuery {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(table)
  for (const [column, kind] of Object.entries(shape.columns)) {
    // Without its question mark, the text is a kind again.
    const type = dialect.columns[kind.replace('?', '') as ColumnKind]
    builder = kind.endsWith('?') ? builder.addColumn(column, type) : builder.addColumn(column, type, notNull)
  }
  for (const columns of shape.unique ?? []) builder = builder.addUniqueConstraint(keyName(table, columns), [...columns])
  // Last, because SQLite checks the last key first: a row that is there already breaks its primary key, as on Postgres.
  builder = builder.addPrimaryKeyConstraint(primaryKeyName(table), [...shape.primary])
  for (const key of keys) {
    const { columns, references } = key
    const name = foreignKeyName(table, columns)
    builder = builder.addForeignKeyConstraint(name, [...columns], key.table, [...references], withOptions(key))
  }
  const options = dialect.tableOptions({ clustered: shape.clustered ?? false })
  return (options ? builder.modifyEnd(options) : builder).compile()
}

function indexesOf({ db }: Sql, table: keyof Tables, { indexes = [], uniqueWhere }: TableShape): CompiledQuery[] {
  const on = (name: string, columns: readonly string[]) =>
    db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
  const plain = indexes.map((columns) => on(indexName(table, columns), columns).compile())
  if (!uniqueWhere) return plain
  const { columns, column, is } = uniqueWhere
  const partial = on(keyName(table, columns), columns).unique().where(sql.ref(column), '=', sql.lit(is))
  return [...plain, partial.compile()]
}

function foreignKeyOf({ db }: Sql, table: keyof Tables, key: ForeignKey): CompiledQuery {
  const { columns, references } = key
  const constraint = db.schema
    .alterTable(table)
    .addForeignKeyConstraint(foreignKeyName(table, columns), [...columns], key.table, [...references])
  const checked = key.deferred ? constraint.deferrable().initiallyDeferred() : constraint
  return (key.cascade ? checked.onDelete('cascade') : checked).compile()
}
