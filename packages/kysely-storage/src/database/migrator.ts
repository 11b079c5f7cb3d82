import type { CompiledQuery, Kysely, RawBuilder, Transaction } from 'kysely'
import type { Tables } from '../schema/tables.js'

/** What differs between databases when their schema changes while processes work. */
export interface Migrator {
  /** How long a step is tried again, in milliseconds, while others hold what it has to lock. */
  readonly patienceMs: number
  /** Whether many rows are changed some by some, so that nobody waits for all of them. */
  readonly inBatches: boolean
  /**
   * Runs `work` in a transaction while nobody else migrates; answers `null` and does not run it when somebody else does.
   * The tables, and the schema they are in, may be missing.
   */
  exclusively<Result>(
    db: Kysely<Tables>,
    work: (transaction: Transaction<Tables>) => Promise<Result>,
  ): Promise<Result | null>
  /** Runs the statements of a step, within the transaction or beside it. */
  run(db: Kysely<Tables>, transaction: Transaction<Tables>, parts: readonly MigrationStatement[]): Promise<void>
  index(db: Kysely<Tables>, index: NewIndex): readonly MigrationStatement[]
  constraint(db: Kysely<Tables>, constraint: NewConstraint): readonly MigrationStatement[]
  /** About how many rows a table has; `null` where nobody has counted. */
  rowsOf(db: Kysely<Tables>, table: keyof Tables): Promise<number | null>
}

export interface NewIndex {
  readonly name: string
  readonly table: keyof Tables
  readonly columns: readonly string[]
  readonly unique: boolean
}

/** A rule for the rows of one table. A column that is not null has no name of its own. */
export type NewConstraint = { readonly table: keyof Tables } & (
  | { readonly name: string; readonly check: RawBuilder<unknown> }
  | { readonly name: string; readonly columns: readonly string[]; readonly references: References }
  | { readonly notNull: string }
)

interface References {
  readonly table: keyof Tables
  readonly columns: readonly string[]
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
