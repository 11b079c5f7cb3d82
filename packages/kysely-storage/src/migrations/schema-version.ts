import { isStorageError, StorageError, type StorageFinding } from '@tenantry/core'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Migration } from './migration.js'
import { migrations as ours } from './index.js'
import type { Executor } from '../statements/statement.js'

const asError = (finding: Omit<StorageFinding, 'severity'>): StorageFinding => ({ ...finding, severity: 'error' })

const missing = asError({
  code: 'schema_missing',
  problem: 'The database has no Tenantry tables yet.',
  remedy: 'Call tenancy.migrate() first.',
})

const newer = (version: number, known: number) =>
  asError({
    code: 'schema_newer',
    problem: `The database has version ${version} of the Tenantry schema, and this release knows versions up to ${known}.`,
    remedy: 'Run the release that migrated it, or a later one.',
  })

const older = (version: number, known: number) =>
  asError({
    code: 'schema_older',
    problem: `The database has version ${version} of the Tenantry schema, and this release needs version ${known}.`,
    remedy: 'Call tenancy.migrate() first.',
  })

const foreign = (table: string) =>
  asError({
    code: 'schema_foreign',
    problem: `The table ${table} is not the one in which Tenantry notes its migrations: another program made it.`,
    remedy: 'Rename it, or keep the tables of Tenantry in a schema or a database of their own.',
  })

function refusal({ problem, remedy }: StorageFinding, cause?: unknown): StorageError {
  return new StorageError('schema', `${problem} ${remedy}`, { cause })
}

/** The error of a database without our tables; adapters throw it when a table is missing. */
export function unmigratedSchema(cause?: unknown): StorageError {
  return refusal(missing, cause)
}

/** How many steps a database has taken, or why that cannot be said. */
async function readSteps(
  db: Kysely<Tables>,
  executor: Executor,
  migrations: readonly Migration[],
): Promise<number | StorageFinding> {
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
  if (!isOurs) return foreign(table.compile(db).sql)
  if (taken.length > migrations.length) return newer(taken.length, migrations.length)
  return taken.length
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
  const steps = await readSteps(db, executor, migrations)
  if (typeof steps === 'number') return steps
  throw refusal(steps)
}

/** What keeps this code from a database that is not at its version. */
async function schemaFinding(db: Kysely<Tables>, executor: Executor): Promise<StorageFinding | null> {
  const steps = await readSteps(db, executor, ours)
  if (typeof steps !== 'number') return steps
  if (steps === 0) return missing
  return steps < ours.length ? older(steps, ours.length) : null
}

/** Refuses a database that is not at the version of this code. */
export async function checkSchema(db: Kysely<Tables>, executor: Executor): Promise<void> {
  const finding = await schemaFinding(db, executor)
  if (finding) throw refusal(finding)
}

/** The same for a check, to which a database without tables is a finding like any other. */
export async function schemaFindings(db: Kysely<Tables>, executor: Executor): Promise<readonly StorageFinding[]> {
  try {
    const finding = await schemaFinding(db, executor)
    return finding ? [finding] : []
  } catch (failure) {
    if (isStorageError(failure) && failure.code === 'schema') return [missing]
    throw failure
  }
}
