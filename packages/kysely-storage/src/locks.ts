import type { Locks } from '@tenantry/core'
import type { Sql } from './dialect.js'
import type { Executor } from './statement.js'

/** Locks the rows that are there: tenants, then users, each by id, so that two transactions never wait for each other. */
export async function lockRows({ db, dialect }: Sql, executor: Executor, { tenants = [], users = [] }: Locks) {
  if (!dialect.rowLocks) return
  for (const [table, ids] of [['tenants', tenants] as const, ['users', users] as const]) {
    if (ids.length === 0) continue
    const query = db.selectFrom(table).select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate()
    await executor.executeQuery(query.compile())
  }
}
