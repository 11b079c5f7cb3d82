import { isStorageError, StorageError } from '@tenantry/core'
import {
  endedTransaction,
  fromHost,
  kyselyTransaction,
  type Executor,
  type HostTransaction,
} from '@tenantry/kysely-storage'
import { CompiledQuery, type QueryResult } from 'kysely'
import { databaseIdentity } from './database-identity.js'
import { toStorageError } from './errors.js'
import { hostConnection } from './host-connection.js'
import { keepHostSettings } from './host-settings.js'
import type { PostgresClient } from './postgres-pool.js'
import { toQueryResult, type Answer } from './query-result.js'
import type { StatementNames } from './statement-names.js'
import { valueTypes } from './value-types.js'

/** The part of a client of pg, checked out of a pool or not, that a transaction of the host is used through. */
interface HostClient extends Pick<PostgresClient, 'query'> {
  /** `I` outside a transaction, `T` within one, `E` within one that failed. */
  getTransactionStatus(): string | null
}

interface HostTransactionSettings {
  readonly names: StatementNames
  /** Whether statements run under their tenant. */
  readonly rowLevelSecurity: boolean
  /** Throws where the host's connection would show other rows than the storage's own. */
  assertUsable(executor: Executor): Promise<void>
  /** Which database the storage's own connections are on, where that can be asked without waiting for one. */
  ownDatabase(): Promise<string | null>
}

/** Runs what belongs together on the host's connection, while its own statements wait. */
type RunUnit = <Result>(run: (executor: Executor, connection: object) => Promise<Result>) => Promise<Result>

const savepoint = CompiledQuery.raw('savepoint tenantry')
const release = CompiledQuery.raw('release savepoint tenantry')
const rollback = CompiledQuery.raw('rollback to savepoint tenantry')

/** How transactions that a host began on PostgreSQL are entered. */
export function postgresHostTransaction({
  names,
  rowLevelSecurity,
  assertUsable,
  ownDatabase,
}: HostTransactionSettings): (candidate: unknown) => HostTransaction {
  /** Connections that are on the storage's own database. */
  const known = new WeakSet()

  async function assertSameDatabase(executor: Executor, connection: object): Promise<void> {
    if (known.has(connection)) return
    const own = await ownDatabase()
    if (own === null) return
    if ((await databaseIdentity(executor)) !== own)
      throw new TypeError("The transaction is on another database than the storage's own.")
    known.add(connection)
  }

  return (candidate) => {
    const runUnit = onKysely(candidate) ?? (isClient(candidate) ? onClient(candidate, names) : null)
    if (!runUnit) {
      throw new TypeError(
        'withTransaction() on PostgreSQL takes a Kysely transaction, or a client of pg on which a transaction has begun; ' +
          'a pool is many connections, and a Kysely instance without a transaction is, too.',
      )
    }
    const inSavepoint = savepoints(runUnit, names)
    return {
      check: (assertReady) =>
        inSavepoint(async (executor, connection) => {
          await assertReadCommitted(executor)
          await assertSameDatabase(executor, connection)
          await assertUsable(executor)
          await assertReady(executor)
        }),
      unit: (run) => inSavepoint((executor) => (rowLevelSecurity ? keepHostSettings(executor, run) : run(executor))),
    }
  }
}

async function assertReadCommitted(executor: Executor): Promise<void> {
  const text = "select current_setting('transaction_isolation') as isolation"
  const query = CompiledQuery.raw(text) as CompiledQuery<{ isolation: string }>
  const { rows } = await executor.executeQuery(query)
  if (/^read (un)?committed$/.test(rows[0]?.isolation ?? '')) return
  // A snapshot from before a lock was granted does not show what was written under it.
  throw new TypeError('The transaction must be `read committed`: limits are counted under row locks.')
}

/** Each unit in a savepoint, so that one that is refused undoes itself. Units do not overlap, so one name is enough. */
function savepoints(runUnit: RunUnit, names: StatementNames): RunUnit {
  let lost: StorageError | undefined

  async function undo(executor: Executor, failure: unknown) {
    try {
      await executor.executeQuery(rollback)
      await executor.executeQuery(release)
    } catch {
      // The failure has ended the transaction, or the connection: another statement could run outside of any.
      lost = new StorageError('unavailable', "The host's transaction is lost. Roll it back.", { cause: failure })
    }
  }

  const once: RunUnit = (run) =>
    runUnit(async (executor, connection) => {
      if (lost) throw lost
      await executor.executeQuery(savepoint).catch((error: unknown) => {
        throw isOutsideTransaction(error) ? endedTransaction(error) : error
      })
      try {
        const result = await run(executor, connection)
        await executor.executeQuery(release)
        return result
      } catch (error) {
        await undo(executor, error)
        throw error
      }
    })

  // Undone to the savepoint, a unit that lost a prepared statement may run again: nothing is prepared any more.
  return (run) =>
    once(run).catch((error: unknown) => {
      if (!names.areLost(Object(error).cause)) throw error
      return once(run)
    })
}

/** The server says so when the host's commit was sent before the savepoint, and not answered yet. */
function isOutsideTransaction(error: unknown): boolean {
  return isStorageError(error) && Object(error.cause).code === '25P01'
}

/** How units run in a Kysely transaction of the host; `null` when it is none, or one of another database. */
function onKysely(candidate: unknown): RunUnit | null {
  const transaction = kyselyTransaction(candidate, true)
  if (!transaction) return null
  return (run) =>
    // What the host runs in the transaction waits for the connection. Its end does not, nor do savepoints of its own.
    transaction.provide((connection) =>
      hostConnection(connection, 'executeQuery').unit((send) => {
        const executor: Executor = {
          async executeQuery<Row>(query: Parameters<Executor['executeQuery']>[0]) {
            try {
              const result = (await send(query)) as QueryResult<unknown>
              // Which rows a statement answers is known where it is written.
              return { ...result, rows: result.rows.map(fromHost) as Row[] }
            } catch (error) {
              throw toStorageError(error)
            }
          },
        }
        return run(executor, connection)
      }),
    )
}

function onClient(client: HostClient, names: StatementNames): RunUnit {
  const assertBegun = () => {
    if (client.getTransactionStatus() === 'I') throw endedTransaction()
  }
  assertBegun()
  return (run) =>
    hostConnection(client, 'query').unit((send) => {
      const executor: Executor = {
        async executeQuery({ sql, parameters }) {
          assertBegun()
          const name = names.of(sql)
          const values = parameters.length > 0 && { ...(name && { name }), values: [...parameters] }
          try {
            const answer = await send({ text: sql, ...values, types: valueTypes })
            return toQueryResult(answer as Answer)
          } catch (error) {
            throw toStorageError(error)
          }
        },
      }
      return run(executor, client)
    })
}

function isClient(candidate: unknown): candidate is HostClient {
  if (typeof candidate !== 'object' || candidate === null) return false
  // A look at members that a client has and a pool lacks.
  const { query, getTransactionStatus } = candidate as Partial<HostClient>
  return typeof query === 'function' && typeof getTransactionStatus === 'function'
}
