import type { CompiledQuery } from 'kysely'
import type { Tables } from '../database.js'
import type { Sql } from '../dialect.js'

/**
 * One step of the schema. Once released it never changes; what comes after is another step.
 *
 * A database in production takes it while processes of the release before it work. So a step is small, and is made by one
 * of the functions beside this file: {@link createTables}, {@link addColumns}, {@link createIndex}, {@link fillColumn},
 * {@link addConstraint}. It must be safe to begin again wherever a crash stopped it.
 */
export interface Migration {
  readonly name: string
  parts(sql: Sql): readonly MigrationStatement[]
}

/** A statement of a step, and what it takes from others meanwhile. */
export interface MigrationStatement {
  readonly query: CompiledQuery
  /** The table in use that it locks or reads; `null` for one that the step makes. */
  readonly table: keyof Tables | null
  /** What the database calls its lock on the table, or `rows`. */
  readonly lock: MigrationLock | null
  /**
   * In a `transaction`, with the other statements of the step where none runs otherwise; `alone`, in no transaction; or
   * in `batches`, in a transaction each.
   */
  readonly how: 'transaction' | 'alone' | 'batches'
  /** Runs only where this query answers a row. */
  readonly when?: CompiledQuery
  /** Gives up its lock soon, to be tried again. All that run in transactions do. */
  readonly brief?: true
  readonly batches?: Batches
}

type MigrationLock = 'access exclusive' | 'share row exclusive' | 'share update exclusive' | 'rows'

/** How a statement on all rows is run on some by some, in the order of the primary key. */
interface Batches {
  /** The key of the last row of the next batch; no row when nothing is left. */
  end(after: readonly unknown[] | null): CompiledQuery<Record<string, unknown>>
  /** The statement on the rows behind one key, up to another. */
  run(after: readonly unknown[] | null, upTo: readonly unknown[]): CompiledQuery
  keyOf(row: Record<string, unknown>): readonly unknown[]
}
