import type { Sql } from '../database/dialect.js'
import type { MigrationStatement } from '../database/migrator.js'

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
