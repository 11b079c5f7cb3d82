import { postgresStorage } from '@tenantry/adapter-postgres'
import { createTenancy, type Tenancy } from '@tenantry/core'
import { consolePreset } from '@tenantry/express-router'
import { Pool } from 'pg'

/** The host's pool, and the library that uses it. */
export interface Database {
  readonly pool: Pool
  readonly tenancy: Tenancy
  close(): Promise<void>
}

/** Opens the database at `DATABASE_URL`. */
export function openDatabase(): Database {
  const connectionString = process.env['DATABASE_URL']
  if (!connectionString) throw new Error('Set DATABASE_URL, such as postgres://localhost/app.')
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 10_000 })
  // The pool replaces a connection that breaks while it is idle.
  pool.on('error', (error) => console.error(error.message))
  // On a Citus cluster, also set `citus: true`.
  const tenancy = createTenancy({ storage: postgresStorage({ pool }), ...consolePreset() })
  return {
    pool,
    tenancy,
    async close() {
      await tenancy.close()
      await pool.end()
    },
  }
}
