import { isStorageError, type StorageFinding } from '@tenantry/core'
import type { ForeignKeyOfHost, Sql } from '../database/dialect.js'
import { schemaFindings } from '../migrations/schema-version.js'
import type { Executor } from '../statements/statement.js'

/** What is wrong with a database, or worth knowing; `own` is what only the adapter can ask. */
export async function checkDatabase(
  { db, dialect }: Sql,
  executor: Executor,
  own: readonly StorageFinding[],
): Promise<readonly StorageFinding[]> {
  const lacksGrants = own.some(({ code }) => code === 'grant_missing')
  const schema = await schemaFindings(db, executor).catch((error: unknown) => {
    // The version may be among what the role may not read.
    if (lacksGrants && isStorageError(error)) return []
    throw error
  })
  const keys = await executor.executeQuery(dialect.foreignKeys().compile(db))
  return [...schema, ...own, ...keys.rows.map(holdingKey)]
}

function holdingKey({ name, table }: ForeignKeyOfHost): StorageFinding {
  return {
    code: 'host_foreign_key',
    severity: 'warning',
    problem: `The foreign key ${name} of the table ${table}, which is not of Tenantry, keeps every tenant that it refers to from being purged.`,
    remedy: 'Declare it `on delete cascade` or `on delete set null`. See docs/guide/referring-to-our-tables.md.',
  }
}
