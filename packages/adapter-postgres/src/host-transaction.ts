import { endedTransaction, kyselyExecutor, type Executor, type HostTransaction } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'
import { toStorageError } from './errors.js'
import { keepHostSettings } from './host-settings.js'
import { toQueryResult } from './postgres-connection.js'
import type { PostgresClient } from './postgres-pool.js'
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
}

/** How transactions that a host began on PostgreSQL are entered. */
export function postgresHostTransaction({
  names,
  rowLevelSecurity,
  assertUsable,
}: HostTransactionSettings): (candidate: unknown) => HostTransaction {
  return (candidate) => {
    const executor =
      kyselyExecutor(candidate, { transactionalDdl: true, toStorageError }) ??
      (isClient(candidate) ? clientExecutor(candidate, names) : null)
    if (!executor) {
      throw new TypeError(
        'within() on PostgreSQL takes a Kysely transaction, or a client of pg on which a transaction has begun; ' +
          'a pool is many connections, and a Kysely instance without a transaction is, too.',
      )
    }
    return {
      ...(rowLevelSecurity && { between: (run) => keepHostSettings(executor, run) }),
      // Only objects have executors.
      connection: candidate as object,
      executor,
      async check() {
        const text = "select current_setting('transaction_isolation') as isolation"
        const query = CompiledQuery.raw(text) as CompiledQuery<{ isolation: string }>
        const { rows } = await executor.executeQuery(query)
        if (/^read (un)?committed$/.test(rows[0]?.isolation ?? '')) return assertUsable(executor)
        // A snapshot from before a lock was granted does not show what was written under it.
        throw new TypeError('The transaction must be `read committed`: limits are counted under row locks.')
      },
    }
  }
}

function clientExecutor(client: HostClient, names: StatementNames): Executor {
  const assertBegun = () => {
    if (client.getTransactionStatus() === 'I') throw endedTransaction()
  }
  assertBegun()
  return {
    async executeQuery({ sql, parameters }) {
      assertBegun()
      const name = names.of(sql)
      const values = parameters.length > 0 && { ...(name && { name }), values: [...parameters] }
      try {
        return toQueryResult(await client.query({ text: sql, ...values, types: valueTypes }))
      } catch (error) {
        names.areLost(error)
        throw toStorageError(error)
      }
    },
  }
}

function isClient(candidate: unknown): candidate is HostClient {
  if (typeof candidate !== 'object' || candidate === null) return false
  // A look at members that a client has and a pool lacks.
  const { query, getTransactionStatus } = candidate as Partial<HostClient>
  return typeof query === 'function' && typeof getTransactionStatus === 'function'
}
