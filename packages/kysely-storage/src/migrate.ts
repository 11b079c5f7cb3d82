import { isStorageError } from '@tenantry/core'
import type { Kysely } from 'kysely'
import type { Tables } from './database.js'
import type { Sql } from './dialect.js'
import { migrations as ours } from './migrations/index.js'
import type { Migration } from './migrations/migration.js'
import { takenSteps } from './schema-version.js'

/** Whoever loses against somebody else who migrates finds nothing left to do the next time. */
const ATTEMPTS = 5

/** Asked without a transaction: a role that may not create tables can still find that there is nothing to do. */
async function isComplete(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<boolean> {
  try {
    return (await takenSteps(db, db, migrations)) === migrations.length
  } catch (error) {
    if (isStorageError(error) && error.code === 'schema' && error.cause) return false
    throw error
  }
}

/**
 * Takes the steps that are missing, in one transaction: all or none. Whoever migrates at the same time waits, then finds
 * nothing left to do.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[] = ours): Promise<void> {
  for (let attempt = 1; !(await isComplete(sql.db, migrations)); attempt++) {
    try {
      return await takeSteps(sql, migrations)
    } catch (error) {
      if (!isStorageError(error) || error.code !== 'busy' || attempt === ATTEMPTS) throw error
    }
  }
}

async function takeSteps({ db, dialect }: Sql, migrations: readonly Migration[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await dialect.beginMigration(transaction)
    await transaction.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('version', dialect.columns.integer, (column) => column.notNull().primaryKey())
      .addColumn('name', dialect.columns.text, (column) => column.notNull())
      .execute()
    const taken = await takenSteps(transaction, transaction, migrations)
    for (const { up } of migrations.slice(taken)) await up(transaction, dialect)
    const versions = migrations.map(({ name }, index) => ({ version: index + 1, name })).slice(taken)
    if (versions.length > 0) await transaction.insertInto('migrations').values(versions).execute()
  })
}
