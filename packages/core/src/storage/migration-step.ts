/** How a storage is brought to the schema of this version. */
export interface MigrateOptions {
  /** Changes nothing, and answers the steps that would be taken. Default `false`. */
  readonly plan?: boolean
}

/** A step from one version of the schema to the next. Each is taken by itself: one that fails leaves those before it. */
export interface MigrationStep {
  /** The version of the schema after it. */
  readonly version: number
  readonly name: string
  /** Its statements, in their order. */
  readonly parts: readonly MigrationPart[]
}

/** A statement of a step, and what it takes from those who work on the database meanwhile. */
export interface MigrationPart {
  readonly sql: string
  /** In a `transaction` with others of its step, `alone` in none, or in `batches`, in a short transaction each. */
  readonly how: 'transaction' | 'alone' | 'batches'
  /** The table that it locks or reads, by its name without schema or prefix; `null` for one that it makes. */
  readonly table: string | null
  /** The lock on that table as the database calls it, such as `access exclusive`; `rows` for rows only. */
  readonly lock: string | null
  /** About how many rows the table has; `null` where the database has not counted. */
  readonly rows: number | null
}
