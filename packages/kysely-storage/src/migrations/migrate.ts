import { isStorageError, type MigrationStep } from '@tenantry/core'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import type { Migration } from './migration.js'
import { migrations as ours } from './index.js'
import { patiently, pause } from '../database/patiently.js'
import { takenSteps } from './schema-version.js'

const PAUSE_MS = 100

/** Asked without a transaction: a role that may not create tables can still find that there is nothing to do. */
async function versionOf(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<number> {
  try {
    return await takenSteps(db, db, migrations)
  } catch (error) {
    // With a cause, it is the database's own word that the table is missing.
    if (isStorageError(error) && error.code === 'schema' && error.cause) return 0
    throw error
  }
}

/**
 * Takes the steps that are missing, each by itself, so that a step that fails leaves those before it. Whoever migrates at
 * the same time waits, then finds nothing left to do. Answers the steps that it took; with `plan`, those that it would take.
 */
export async function migrate(
  sql: Sql,
  { plan = false, migrations = ours }: { readonly plan?: boolean; readonly migrations?: readonly Migration[] } = {},
): Promise<readonly MigrationStep[]> {
  const { db, dialect } = sql
  const steps: MigrationStep[] = []
  let version = await versionOf(db, migrations)
  if (plan) {
    for (const [at, step] of migrations.entries()) if (at >= version) steps.push(await describe(sql, at + 1, step))
    return steps
  }
  for (; version < migrations.length; version = await versionOf(db, migrations)) {
    const what = `The step "${migrations[version]?.name ?? ''}" of the schema`
    const step = await patiently(dialect.migrator.patienceMs, what, () =>
      dialect.migrator.exclusively(db, (transaction) => takeNext(sql, transaction, migrations)),
    )
    if (step) steps.push(step)
    // Whoever else migrates has all the time it needs.
    else await pause(PAUSE_MS * (1 + Math.random()))
  }
  return steps
}

async function takeNext(
  sql: Sql,
  transaction: Transaction<Tables>,
  migrations: readonly Migration[],
): Promise<MigrationStep | null> {
  const { db, dialect } = sql
  await transaction.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('version', dialect.columns.integer, (column) => column.notNull().primaryKey())
    .addColumn('name', dialect.columns.text, (column) => column.notNull())
    .execute()
  const version = (await takenSteps(transaction, transaction, migrations)) + 1
  const step = migrations[version - 1]
  if (!step) return null
  const described = await describe({ db: transaction, dialect }, version, step)
  await dialect.migrator.run(db, transaction, step.parts(sql))
  await transaction.insertInto('migrations').values({ version, name: step.name }).execute()
  return described
}

async function describe(sql: Sql, version: number, step: Migration): Promise<MigrationStep> {
  const { db, dialect } = sql
  const parts: MigrationStep['parts'][number][] = []
  for (const { query, table, lock, how } of step.parts(sql)) {
    const rows = table === null ? null : await dialect.migrator.rowsOf(db, table)
    parts.push({ sql: query.sql, how, table, lock, rows })
  }
  return { version, name: step.name, parts }
}
