import { StorageError, type Locks, type Storage, type StorageFinding, type Transaction } from '@tenantry/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import type { HostTransaction } from '../database/host-transaction.js'
import { rowLocks } from './locks.js'
import { migrate } from '../migrations/migrate.js'
import { createRepositories, readsOf, repositoriesOf } from './repositories.js'
import { checkDatabase } from './check-database.js'
import { checkSchema } from '../migrations/schema-version.js'
import type { Executor } from '../statements/statement.js'
import { storageWithin } from './storage-within.js'

/**
 * A database refuses to commit after a failed statement, or does not; we always refuse. A statement of work that goes on
 * after it failed would run on the connection after the rollback, and stay.
 */
function watched(executor: Executor) {
  const failures: unknown[] = []
  let ended = false
  const watch: Executor = {
    async executeQuery(query) {
      if (ended) throw new TypeError('The transaction has ended: its work awaits every statement.')
      try {
        return await executor.executeQuery(query)
      } catch (error) {
        failures.push(error)
        throw error
      }
    },
  }
  const end = () => {
    ended = true
  }
  return { watch, failures, end }
}

export interface KyselyStorageOptions extends Sql {
  /** Closes what the adapter opened; it is called once. */
  close(): Promise<void>
  /** Throws a `TypeError`, which says what to pass, for anything but a transaction of the host. */
  hostTransaction(candidate: unknown): HostTransaction
  /** For migrations, whose statements take as long as they take. Default `db`. */
  readonly migrationDb?: Kysely<Tables>
  /** Called whenever the schema is at this version: adds what is wanted besides the tables. */
  afterMigration?(): Promise<void>
  /**
   * Throws where the tables cannot be used as the adapter was told; called before the first use, on a connection that
   * is in no transaction. For those of the host there is {@link HostTransaction.check}.
   */
  assertUsable?(executor: Executor): Promise<void>
  /** What only this database can be asked. It works before `migrate` and without any right to the tables. */
  findings?(executor: Executor): Promise<readonly StorageFinding[]>
  /** Default: the clock of this machine. */
  readonly clock?: DatabaseClock
}

/** The clock of a database on another machine, as this process knows it. */
export interface DatabaseClock {
  now(): number
  /** Whether it is time to look at it, before the next statement. */
  isDue(): boolean
  look(executor: Executor): Promise<void>
}

/** That of a database on this machine. */
const ownClock: DatabaseClock = { now: () => Date.now(), isDue: () => false, look: async () => {} }

/**
 * The storage over one Kysely instance.
 *
 * The schema's version is checked before the first use, so that old code never touches a newer schema.
 */
export function kyselyStorage(options: KyselyStorageOptions): Storage {
  const { db, dialect, close, hostTransaction, clock = ownClock } = options
  const sql: Sql = { db, dialect }
  const factories = createRepositories(sql)
  const lockRows = rowLocks(sql)
  let checked = false
  let closing: Promise<void> | undefined

  function assertOpen() {
    if (closing) throw new StorageError('unavailable', 'The storage is closed.')
  }

  async function check() {
    assertOpen()
    await checkSchema(db, bare)
    await options.assertUsable?.(bare)
    assertOpen()
    checked = true
  }

  async function makeReady() {
    if (!checked || closing) await check()
    if (clock.isDue()) await clock.look(bare)
  }

  const isReady = () => checked && !closing && !clock.isDue()

  // Compiled queries name the tables in their place already.
  const bare = db.withoutPlugins()
  const checkedExecutor: Executor = {
    async executeQuery(query) {
      if (!isReady()) await makeReady()
      return bare.executeQuery(query)
    },
  }

  async function runWork<Result>(
    executor: Executor,
    locks: readonly Locks[],
    work: (tx: Transaction) => Promise<Result>,
  ) {
    const { watch, failures, end } = watched(executor)
    try {
      for (const some of locks) await lockRows(watch, some)
      const result = await work(repositoriesOf(factories, watch))
      if (failures.length > 0) throw failures[0]
      return result
    } finally {
      end()
    }
  }

  return {
    async migrate({ plan = false } = {}) {
      assertOpen()
      const steps = await migrate({ db: options.migrationDb ?? db, dialect }, { plan })
      if (plan) return steps
      if (clock.isDue()) await clock.look(bare)
      // Who may add something to the tables is not always who may use them, so that is asked at the first use.
      if (options.afterMigration) await options.afterMigration()
      else {
        await options.assertUsable?.(bare)
        checked = true
      }
      return steps
    },

    async check() {
      assertOpen()
      return checkDatabase(sql, bare, (await options.findings?.(bare)) ?? [])
    },

    read: readsOf(factories, checkedExecutor),

    async transaction(locks, work) {
      if (!isReady()) await makeReady()
      return bare.transaction().execute((transaction) => runWork(transaction, [locks], work))
    },

    withTransaction: (candidate) =>
      storageWithin(hostTransaction(candidate), {
        async assertReady(executor) {
          assertOpen()
          if (!checked) await checkSchema(db, executor)
          if (clock.isDue()) await clock.look(executor)
        },
        now: () => clock.now(),
        reads: (executor) => readsOf(factories, executor),
        work: runWork,
      }),

    now: () => clock.now(),

    async close() {
      closing ??= db.destroy().then(close)
      await closing
    },
  }
}
