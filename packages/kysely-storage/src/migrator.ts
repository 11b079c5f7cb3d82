import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './database.js'
import type { NewConstraint } from './migrations/add-constraint.js'
import type { NewIndex } from './migrations/create-index.js'
import type { MigrationStatement } from './migrations/migration.js'

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
