import type { Tables } from '../schema/tables.js'
import { indexName, keyName } from '../schema/constraints.js'
import type { Migration } from './migration.js'

/** Adds an index to a table in use: without a lock that keeps anybody waiting, where the database can. */
export function createIndex({
  name,
  table,
  columns,
  unique = false,
}: {
  readonly name: string
  readonly table: keyof Tables
  readonly columns: readonly string[]
  readonly unique?: boolean
}): Migration {
  const index = { name: unique ? keyName(table, columns) : indexName(table, columns), table, columns, unique }
  return { name, parts: ({ db, dialect }) => dialect.migrator.index(db, index) }
}
