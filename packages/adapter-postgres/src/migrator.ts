import { setTimeout as wait } from 'node:timers/promises'
import { StorageError } from '@tenantry/core'
import { patiently, type MigrationStatement, type Migrator, type Tables } from '@tenantry/kysely-storage'
import { CompiledQuery, sql, type Kysely, type Transaction } from 'kysely'
import { constraintParts, indexParts } from './migration-parts.js'
import { escapeIdentifier, escapeLiteral } from 'pg'

/** What waits for a lock keeps all others waiting who come after it, readers too. So nothing of ours waits for long. */
const LOCK_TIMEOUT_MS = 300
const SECOND_CONNECTION_MS = 10_000
const MINUTE_MS = 60_000

/** A migration takes as long as it takes, and changes rows of every tenant, also under row-level security. */
const settings = [
  'set local statement_timeout = 0',
  'set local idle_in_transaction_session_timeout = 0',
  `set local lock_timeout = ${LOCK_TIMEOUT_MS}`,
  "set local tenancy.every_tenant = 'on'",
].join('; ')

interface MigratorOptions {
  readonly schema: string
  readonly patienceMs?: number
  /** Throws where the database cannot hold the tables; called before anything is made. */
  assertFit?(transaction: Transaction<Tables>): Promise<void>
}

/** A migrator for tables in the schema of this name. */
export function postgresMigrator({ schema, patienceMs = 5 * MINUTE_MS, assertFit }: MigratorOptions): Migrator {
  const place = (name: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`

  /** Without waiting: whoever waits in a statement holds a snapshot, for which an index that is being built waits. */
  async function tryLock(transaction: Transaction<Tables>): Promise<boolean> {
    const key = `hashtextextended(${escapeLiteral(`tenantry ${schema}`)}, 0)`
    const text = `${settings}; select pg_try_advisory_xact_lock(${key}) as alone`
    const { rows } = await sql.raw<{ alone: boolean }>(text).execute(transaction)
    return rows[0]?.alone ?? false
  }

  return {
    patienceMs,
    inBatches: true,

    exclusively: (db, work) =>
      db.transaction().execute(async (transaction) => {
        if (!(await tryLock(transaction))) return null
        await assertEncoding(transaction)
        await assertFit?.(transaction)
        const { rows } = await sql`select from pg_namespace where nspname = ${schema}`.execute(transaction)
        // Asked first: `if not exists` needs the right to create schemas even when there is nothing to create.
        if (rows.length === 0) await transaction.schema.createSchema(schema).execute()
        return work(transaction)
      }),

    async run(db, transaction, parts) {
      if (parts.every(({ how }) => how === 'transaction')) return runEach(transaction, parts)
      // The transaction keeps others from migrating. An index that is built waits for its snapshot, and a statement with
      // parameters keeps one until the next statement.
      await transaction.executeQuery(CompiledQuery.raw('select 1'))
      await onSecondConnection(db, async (connection) => {
        for (const part of parts)
          await patiently(patienceMs, part.query.sql, () => runBeside(connection, part, patienceMs))
      })
    },

    index: (db, index) => indexParts(db, index, place(index.name)),
    constraint: (db, constraint) => constraintParts(db, constraint, place(constraint.table)),

    async rowsOf(db, table) {
      const name = place(table)
      const counted = sql<{ rows: number }>`
        select reltuples::bigint as rows from pg_class where oid = to_regclass(${name}) and reltuples >= 0`
      return (await counted.execute(db)).rows[0]?.rows ?? null
    },
  }
}

/** The library takes text of any script, which no other encoding holds. */
async function assertEncoding(transaction: Transaction<Tables>): Promise<void> {
  const shown = sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`
  const encoding = (await shown.execute(transaction)).rows[0]?.encoding
  if (encoding === 'UTF8') return
  throw new StorageError(
    'schema',
    `The database is encoded in ${encoding}, which cannot hold every text. Create one in UTF8, such as by ` +
      "`create database app encoding 'UTF8' locale 'C.UTF-8' template template0`.",
  )
}

async function runEach(transaction: Transaction<Tables>, parts: readonly MigrationStatement[]): Promise<void> {
  for (const { query } of parts) await transaction.executeQuery(query)
}

/** A pool of one has none to give, and would wait forever. */
async function onSecondConnection(
  db: Kysely<Tables>,
  work: (connection: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  let state: 'waits' | 'works' | 'late' = 'waits'
  const worked = db.connection().execute(async (connection) => {
    // Nobody waits for it any more.
    if (state === 'late') return
    state = 'works'
    await work(connection)
  })
  const timer = new AbortController()
  const late = wait(SECOND_CONNECTION_MS, undefined, timer).then(() => {
    if (state === 'works') return worked
    state = 'late'
    throw new StorageError('unavailable', 'migrate() needs two connections at once. Raise the `max` of the pool.')
  })
  await Promise.race([worked, late]).finally(() => timer.abort())
}

async function runBeside(connection: Kysely<Tables>, part: MigrationStatement, patienceMs: number): Promise<void> {
  if (part.when && (await connection.executeQuery(part.when)).rows.length === 0) return
  if (part.batches) return runInBatches(connection, part, patienceMs)
  if (part.how === 'transaction') return runShortly(connection, part.query)
  const lockTimeout = part.brief ? LOCK_TIMEOUT_MS : 0
  // No transaction may be open, so nothing ends the settings but us.
  const set = `set statement_timeout = 0; set lock_timeout = ${lockTimeout}`
  await connection.executeQuery(CompiledQuery.raw(set))
  try {
    await connection.executeQuery(part.query)
  } finally {
    await connection.executeQuery(CompiledQuery.raw('reset statement_timeout; reset lock_timeout')).catch(() => {})
  }
}

async function runShortly(connection: Kysely<Tables>, query: CompiledQuery): Promise<void> {
  await connection.transaction().execute(async (transaction) => {
    await transaction.executeQuery(CompiledQuery.raw(settings))
    await transaction.executeQuery(query)
  })
}

async function runInBatches(
  connection: Kysely<Tables>,
  { batches, query }: MigrationStatement,
  patienceMs: number,
): Promise<void> {
  if (!batches) return
  const { end, run, keyOf } = batches
  for (let after: readonly unknown[] | null = null; ;) {
    const from: readonly unknown[] | null = after
    await patiently(patienceMs, query.sql, () =>
      connection.transaction().execute(async (transaction) => {
        await transaction.executeQuery(CompiledQuery.raw(settings))
        const [last] = (await transaction.executeQuery(end(from))).rows
        if (last) await transaction.executeQuery(run(from, keyOf(last)))
        after = last ? keyOf(last) : null
      }),
    )
    if (after === null) return
  }
}
