import type { UserState } from '@tenantry/core'
import { sql, type Insertable, type Updateable } from 'kysely'
import type { UserStateTable } from '../schema/user-tables.js'
import type { Sql } from '../database/dialect.js'
import { manyRows } from '../statements/many-rows.js'
import { statement, type Executor } from '../statements/statement.js'

/** The rows beside accounts that are written while an account stays as it is, and locked. Each account has one. */
export function userStates({ db, dialect }: Sql) {
  const lastLogins = statement(({ userIds }: { userIds: string }) =>
    db
      .selectFrom('user_states')
      .select(['user_id', 'last_login_at'])
      .where(dialect.among(sql.ref('user_id'), sql`(${dialect.jsonArrayTexts(sql.val(userIds))})`))
      .where('last_login_at', 'is not', null),
  )
  const find = statement(({ userId }: { userId: string }) =>
    db.selectFrom('user_states').select('user_id').where('user_id', '=', userId),
  )
  const insert = manyRows((rows: readonly Insertable<UserStateTable>[]) => db.insertInto('user_states').values(rows))
  const update = statement(({ key, ...set }: Updateable<UserStateTable> & { key: string }) =>
    db.updateTable('user_states').set(set).where('user_id', '=', key),
  )

  return {
    async lastLogins(executor: Executor, userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (userIds.length === 0) return new Map()
      const rows = await lastLogins.all(executor, { userIds: JSON.stringify(userIds) })
      return new Map(rows.map((row) => [row.user_id, Number(row.last_login_at)]))
    },
    async insert(executor: Executor, userIds: readonly string[]) {
      await insert(
        executor,
        userIds.map((user_id) => ({ user_id, current_tenant_id: null, last_login_at: null })),
      )
    },
    async set(executor: Executor, userId: string, { currentTenantId, lastLoginAt }: Partial<UserState>) {
      if (currentTenantId === undefined && lastLoginAt === undefined)
        return (await find.first(executor, { userId })) !== null
      const columns = { current_tenant_id: currentTenantId, last_login_at: lastLoginAt }
      return (await update.affect(executor, { ...columns, key: userId })) > 0
    },
  }
}
