import type { Locks } from '@tenantry/core'
import { CompiledQuery, sql } from 'kysely'
import type { Sql } from './dialect.js'
import { everyTenant, type Executor } from './statement.js'

/**
 * Locks the rows that are there: organizations, tenants, then users, each by id, so that two transactions never wait for each other.
 * The ids are written out: without parameters, everything travels in one message, `begin` included.
 */
export function rowLocks({ db, dialect }: Sql): (executor: Executor, locks: Locks) => Promise<void> {
  const { rowLocks: rows } = dialect
  if (!rows) return () => Promise.resolve()

  const locking = (table: 'organizations' | 'tenants' | 'users') => {
    const query = db
      .selectFrom(table)
      .select('id')
      .where('id', '=', sql<string>`:id`)
      .forNoKeyUpdate()
    const [before, after] = query.compile().sql.split(':id')
    // One statement a row, because each tenant may be on another server.
    return (ids: readonly string[]) => [...ids].sort().map((id) => `${before}${rows.literal(id)}${after}`)
  }
  const organizationRows = locking('organizations')
  const tenantRows = locking('tenants')
  const userRows = locking('users')

  return async (executor, { organizations = [], tenants = [], users = [] }) => {
    const statements = [...organizationRows(organizations), ...tenantRows(tenants), ...userRows(users)]
    if (statements.length === 0) return
    const tenant = tenants.length > 1 ? everyTenant : tenants[0]
    await executor.executeQuery({ ...CompiledQuery.raw(statements.join('; ')), tenant })
  }
}
