import { sql, type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely } from 'kysely'
import { keyName, primaryKeyName, whole } from '../constraints.js'
import type { Tables } from '../database.js'
import type { ColumnKind, StorageDialect } from '../dialect.js'

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

const notNull = (column: ColumnDefinitionBuilder) => column.notNull()

/** An index leaves out the tenant that its columns begin with, so that its name is short enough. */
function indexName(table: string, columns: readonly string[]): string {
  const [first, ...others] = columns
  return whole(['tenancy', table, ...(first === 'tenant_id' && others.length > 0 ? others : columns)].join('_'))
}

function foreignKeyName(table: string, { columns }: ForeignKey): string {
  return whole(`${table}_${columns.join('_')}_fkey`)
}

async function createIndexes(db: Kysely<Tables>, table: string, shape: TableShape) {
  for (const columns of shape.indexes ?? [])
    await db.schema
      .createIndex(indexName(table, columns))
      .on(table)
      .columns([...columns])
      .execute()
  if (!shape.uniqueWhere) return
  const { columns, column, is } = shape.uniqueWhere
  const index = db.schema
    .createIndex(keyName(table, columns))
    .unique()
    .on(table)
    .columns([...columns])
  await index.where(sql.ref(column), '=', sql.lit(is)).execute()
}

/** Creates tables with their keys and indexes. A foreign key may name a table that comes later. */
export async function createTables(
  db: Kysely<Tables>,
  dialect: StorageDialect,
  shapes: Readonly<Partial<Record<keyof Tables, TableShape>>>,
): Promise<void> {
  const { distribution } = dialect
  const created = new Set<keyof Tables>()
  const later: [table: keyof Tables, key: ForeignKey][] = []
  // Object.entries forgets which keys there are.
  for (const [table, shape] of Object.entries(shapes) as [keyof Tables, TableShape][]) {
    created.add(table)
    let builder: CreateTableBuilder<string, string> = db.schema.createTable(table)
    for (const [column, kind] of Object.entries(shape.columns)) {
      // Without its question mark, the text is a kind again.
      const type = dialect.columns[kind.replace('?', '') as ColumnKind]
      builder = kind.endsWith('?') ? builder.addColumn(column, type) : builder.addColumn(column, type, notNull)
    }
    for (const columns of shape.unique ?? [])
      builder = builder.addUniqueConstraint(keyName(table, columns), [...columns])
    // Last, because SQLite checks the last key first: a row that is there already breaks its primary key, as on Postgres.
    builder = builder.addPrimaryKeyConstraint(primaryKeyName(table), [...shape.primary])
    for (const key of shape.foreign ?? []) {
      if (distribution && !distribution.mayRefer(table, key.table)) continue
      if (distribution || (!dialect.forwardReferences && !created.has(key.table))) {
        later.push([table, key])
        continue
      }
      builder = builder.addForeignKeyConstraint(
        foreignKeyName(table, key),
        [...key.columns],
        key.table,
        [...key.references],
        (constraint) => {
          const deferred = key.deferred ? constraint.deferrable().initiallyDeferred() : constraint
          return key.cascade ? deferred.onDelete('cascade') : deferred
        },
      )
    }
    const options = dialect.tableOptions({ clustered: shape.clustered ?? false })
    await (options ? builder.modifyEnd(options) : builder).execute()
    await createIndexes(db, table, shape)
  }
  await distribution?.distribute(db, [...created])
  for (const [table, key] of later) {
    const constraint = db.schema
      .alterTable(table)
      .addForeignKeyConstraint(foreignKeyName(table, key), [...key.columns], key.table, [...key.references])
    const deferred = key.deferred ? constraint.deferrable().initiallyDeferred() : constraint
    await (key.cascade ? deferred.onDelete('cascade') : deferred).execute()
  }
}
