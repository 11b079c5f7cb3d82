import { StorageError } from '@tenantry/core'
import type { Kysely } from 'kysely'
import type { Tables } from './database.js'
import { migrations } from './migrations/index.js'
import type { Executor } from './statement.js'

/** The error of a database without our tables; adapters throw it when a table is missing. */
export function unmigratedSchema(cause?: unknown): StorageError {
  return new StorageError('schema', 'The database has no Tenantry tables yet. Call tenancy.migrate() first.', { cause })
}

export function newerSchema(version: number, known: number): StorageError {
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

/** Refuses a database that is not at the version of this code. */
export async function checkSchema(db: Kysely<Tables>, executor: Executor): Promise<void> {
  const query = db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .compile()
  const { rows } = await executor.executeQuery(query)
  const version = rows[0]?.version ?? 0
  if (version === 0) throw unmigratedSchema()
  if (version > migrations.length) throw newerSchema(version, migrations.length)
  if (version < migrations.length) throw olderSchema(version, migrations.length)
}
