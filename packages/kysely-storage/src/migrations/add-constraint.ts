import type { NewConstraint } from '../database/migrator.js'
import type { Migration } from './migration.js'

/**
 * Adds a rule to a table in use: first for what is written from then on, then for what is there. SQLite adds none to a
 * table that is there already, so on SQLite the library alone keeps it.
 */
export function addConstraint(name: string, constraint: NewConstraint): Migration {
  return { name, parts: ({ db, dialect }) => dialect.migrator.constraint(db, constraint) }
}
