import type { RawBuilder } from 'kysely'
import type { Tables } from '../database.js'
import type { Migration } from './migration.js'

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

/**
 * Adds a rule to a table in use: first for what is written from then on, then for what is there. SQLite adds none to a
 * table that is there already, so on SQLite the library alone keeps it.
 */
export function addConstraint(name: string, constraint: NewConstraint): Migration {
  return { name, parts: ({ db, dialect }) => dialect.migrator.constraint(db, constraint) }
}
