import { StorageError } from '@tenantry/core'
import { sql, type Kysely } from 'kysely'
import type { Tables } from './database.js'
import type { Migration } from './migrations/migration.js'
import { migrations as ours } from './migrations/index.js'
import type { Executor } from './statement.js'

/** The error of a database without our tables; adapters throw it when a table is missing. */
export function unmigratedSchema(cause?: unknown): StorageError {
  return new StorageError('schema', 'The database has no Tenantry tables yet. Call tenancy.migrate() first.', { cause })
}

function newerSchema(version: number, known: number): StorageError {
  return new StorageError(
    'schema',
    `The database has version ${version} of the Tenantry schema, and this release knows versions up to ${known}. ` +
      'Run the release that migrated it, or a later one.',
  )
}

function olderSchema(version: number, known: number): StorageError {
  return new StorageError(
    'schema',
    `The database has version ${version} of the Tenantry schema, and this release needs version ${known}. ` +
      'Call tenancy.migrate() first.',
  )
}

function foreignTable(table: string): StorageError {
  return new StorageError(
    'schema',
    `The table ${table} is not the one in which Tenantry notes its migrations: another program made it. Rename it, ` +
      'or keep the tables of Tenantry in a schema or a database of their own.',
  )
}

/**
 * How many steps a database has taken. Throws an error of the code `schema` for a table of the same name that somebody
 * else made, and for a schema that is newer than these steps.
 */
export async function takenSteps(
  db: Kysely<Tables>,
  executor: Executor,
  migrations: readonly Migration[],
): Promise<number> {
  const table = sql.table('migrations')
  // Joined to one row, so that an empty table names its columns, too.
  const query = sql<Record<string, unknown>>`
    select taken.* from (select 1) as one left join ${table} as taken on true`.compile(db)
  const { rows } = await executor.executeQuery(query)
  const taken = rows
    .map(({ version, name }) => ({ version: version === null ? null : Number(version), name }))
    .filter(({ version }) => version !== null)
    .sort((one, other) => Number(one.version) - Number(other.version))
  const isOurs =
    rows.every((row) => 'version' in row && 'name' in row) &&
    taken.every(({ version, name }, at) => version === at + 1 && name === (migrations[at]?.name ?? name))
  if (!isOurs) throw foreignTable(table.compile(db).sql)
  if (taken.length > migrations.length) throw newerSchema(taken.length, migrations.length)
  return taken.length
}

/** Refuses a database that is not at the version of this code. */
export async function checkSchema(db: Kysely<Tables>, executor: Executor): Promise<void> {
  const version = await takenSteps(db, executor, ours)
  if (version === 0) throw unmigratedSchema()
  if (version < ours.length) throw olderSchema(version, ours.length)
}
