import type { Locks } from '@tenantry/core'
import { CompiledQuery, sql, type Compilable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { everyTenant, type Executor } from '../statements/statement.js'

/**
 * Locks the rows that are there: organizations, tenants, then the states of users, each by id, so that two transactions never
 * wait for each other.
 * The ids are written out: without parameters, everything travels in one message, `begin` included.
 */
export function rowLocks({ db, dialect }: Sql): (executor: Executor, locks: Locks) => Promise<void> {
  const { rowLocks: rows } = dialect
  if (!rows) return () => Promise.resolve()

  const place = sql<string>`:id`
  const locking = (query: Compilable) => {
    const [before, after] = query.compile().sql.split(':id')
    // One statement a row, because each may be on another server.
    return (ids: readonly string[]) => [...ids].sort().map((id) => `${before}${rows.literal(id)}${after}`)
  }
  const organizationRows = locking(db.selectFrom('organizations').select('id').where('id', '=', place).forNoKeyUpdate())
  const tenantRows = locking(db.selectFrom('tenants').select('id').where('id', '=', place).forNoKeyUpdate())
  const userRows = locking(db.selectFrom('user_states').select('user_id').where('user_id', '=', place).forNoKeyUpdate())

  return async (executor, { organizations = [], tenants = [], users = [] }) => {
    const statements = [...organizationRows(organizations), ...tenantRows(tenants), ...userRows(users)]
    if (statements.length === 0) return
    const tenant = tenants.length > 1 ? everyTenant : tenants[0]
    await executor.executeQuery({ ...CompiledQuery.raw(statements.join('; ')), tenant })
  }
}
