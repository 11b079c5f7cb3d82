import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { ofTenant, type Executor } from '../statements/statement.js'

/**
 * The number of a tenant's memberships, in the tenant's row: counting the rows of a large tenant takes a hundred times as
 * long as reading a page of them. It changes with them, in the same transaction.
 */
export function memberCount({ db }: Sql) {
  const find = ofTenant('tenantId', ({ tenantId }: { tenantId: string }) =>
    db.selectFrom('tenants').select('member_count').where('id', '=', tenantId),
  )
  const change = ofTenant(
    'tenantId',
    ({ tenantId, by }: { tenantId: string; by: number }) =>
      db
        .updateTable('tenants')
        .set({ member_count: sql<number>`member_count + ${by}` })
        .where('id', '=', tenantId),
    { deferrable: true },
  )

  return {
    async find(executor: Executor, tenantId: string): Promise<number> {
      return (await find.first(executor, { tenantId }))?.member_count ?? 0
    },
    async change(executor: Executor, tenantId: string, by: number): Promise<void> {
      await change.affect(executor, { tenantId, by })
    },
  }
}
