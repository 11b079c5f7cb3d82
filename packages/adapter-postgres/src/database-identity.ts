import type { Executor } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'
import type { Pool } from 'pg'
import type { PostgresPool } from './postgres-pool.js'

/** The number that the server got when it was made, and the database's own: addresses and names may differ. */
const text = `select (select system_identifier from pg_control_system())::text || '/' ||
  (select oid from pg_database where datname = current_database())::text as identity`

/** Which database an executor's connection is on; `null` where the server does not say. */
export async function databaseIdentity(executor: Executor): Promise<string | null> {
  const query = CompiledQuery.raw(text) as CompiledQuery<{ identity: string | null }>
  const { rows } = await executor.executeQuery(query)
  return rows[0]?.identity ?? null
}

/** Which database the storage's own connections are on. */
export function ownDatabase(pool: PostgresPool) {
  let identity: string | null = null

  async function learn(executor: Executor): Promise<void> {
    // Servers exist that keep their number to themselves; nothing is compared there.
    identity ??= await databaseIdentity(executor).catch(() => null)
  }

  return {
    learn,
    /** `null` while it is not known: the transaction of a host may hold the last connection, which would be waited for. */
    async find(executor: Executor): Promise<string | null> {
      if (identity === null && hasRoom(pool)) await learn(executor)
      return identity
    },
  }
}

/** Whether a connection is to be had without waiting for one that somebody holds. A pool that is not of pg does not say. */
function hasRoom(pool: PostgresPool): boolean {
  const { idleCount, totalCount, options } = pool as Partial<Pool>
  if (idleCount === undefined || totalCount === undefined || options === undefined) return false
  return idleCount > 0 || totalCount < options.max
}
