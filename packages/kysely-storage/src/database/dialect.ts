import type { CompiledQuery, Expression, Kysely, RawBuilder, SqlBool } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Migrator } from './migrator.js'

export type ColumnKind = 'text' | 'integer' | 'boolean' | 'json' | 'bytes'

/**
 * Everything in which the databases differ. Besides these facts, the Kysely instance of an adapter must
 *
 * - know where the tables are ({@link placeTables});
 * - throw `StorageError`, never the driver's own error;
 * - answer integers, counts included, as JavaScript numbers, and bytes as `Uint8Array`;
 * - begin a transaction so that no deadlock arises between reading and writing.
 */
export interface StorageDialect {
  /** Types of columns. Text must be ordered and compared by bytes. */
  readonly columns: Readonly<Record<ColumnKind, RawBuilder<unknown>>>

  /** What follows `create table (…)`. A clustered table has small rows and is kept in the order of its primary key. */
  tableOptions(table: { readonly clustered: boolean }): RawBuilder<unknown> | null

  /** Whether a foreign key may name a table that does not exist yet; if not, it is added once all tables exist. */
  readonly forwardReferences: boolean

  /** How tables are spread over several servers; `null` when there is one. */
  readonly distribution: Distribution | null

  /** How rows are locked one by one; `null` when a transaction locks the whole database at its start. */
  readonly rowLocks: RowLocks | null

  /** A boolean as the driver takes it. */
  boolean(value: boolean): boolean | number

  /** Aggregates values into one JSON array, in the order of `position`. */
  jsonArray(value: Expression<unknown>, position: Expression<unknown>): RawBuilder<unknown>

  /** Values side by side in one JSON array, to be aggregated by {@link jsonArray}; as JSON or as its text. */
  jsonRow(values: readonly Expression<unknown>[]): RawBuilder<unknown>

  /** What a JSON object says under a key, as a boolean; null when nothing. */
  jsonBoolean(object: Expression<unknown>, key: Expression<unknown>): RawBuilder<boolean | null>

  /** Whether a JSON array, or its text, holds a text. */
  jsonArrayHas(array: Expression<unknown>, text: Expression<unknown>): RawBuilder<boolean>

  /** The texts in a JSON array, or in its text, as a query of one column. */
  jsonArrayTexts(array: Expression<unknown>): RawBuilder<string>

  /** Whether a value is among those of a query in parentheses, which is run once, before the rows that are asked for. */
  among(value: Expression<unknown>, query: Expression<unknown>): RawBuilder<SqlBool>

  /**
   * The foreign keys of other tables that keep a row of a tenant from being removed: what to call each, its table, and
   * its column that says which tenant it keeps, both as SQL writes them.
   */
  foreignKeys(): RawBuilder<ForeignKeyOfHost>

  /** How the schema changes. */
  readonly migrator: Migrator
}

export interface ForeignKeyOfHost {
  readonly name: string
  readonly table: string
  readonly column: string
}

/** Tables are created whole, then distributed while they are empty, and get their foreign keys last. */
export interface Distribution {
  /** What distributes a table; nothing for one that stays on one server. Tenants come before what is kept with them. */
  distribute(db: Kysely<Tables>, table: keyof Tables): readonly CompiledQuery[]
  /** Whether rows of the one table may refer to rows of the other by a foreign key. */
  mayRefer(from: keyof Tables, to: keyof Tables): boolean
}

/** The statement that locks has no parameters, so that an adapter can send it together with `begin`. */
interface RowLocks {
  /** A text written out in SQL, safe whatever it holds. */
  literal(text: string): string
}

/** What the SQL of every noun is made from. */
export interface Sql {
  readonly db: Kysely<Tables>
  readonly dialect: StorageDialect
}
