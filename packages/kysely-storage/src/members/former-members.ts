import type { FormerMember, FormerMemberReads, FormerMemberRepository, Overrides } from '@tenantry/core'
import type { Insertable, Selectable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import type { FormerMemberTable } from '../schema/member-tables.js'
import { fromJson } from '../statements/json.js'
import { acrossTenants, ofTenant, type Executor } from '../statements/statement.js'

interface FormerMemberKey {
  readonly tenantId: string
  readonly userId: string
}

const columns = ['tenant_id', 'user_id', 'roles', 'overrides', 'ending', 'ended_at'] as const

function toFormerMember(row: Selectable<FormerMemberTable>): FormerMember {
  return {
    tenantId: row.tenant_id,
    userId: row.user_id,
    roles: fromJson<string[]>(row.roles),
    overrides: fromJson<Overrides>(row.overrides),
    ending: row.ending,
    endedAt: row.ended_at,
  }
}

export function formerMembers({ db }: Sql) {
  const find = ofTenant('tenantId', ({ tenantId, userId }: FormerMemberKey) =>
    db.selectFrom('former_members').select(columns).where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )
  const listByUser = acrossTenants(({ userId }: { userId: string }) =>
    db.selectFrom('former_members').select(columns).where('user_id', '=', userId).orderBy('tenant_id'),
  )
  const put = ofTenant('tenant_id', ({ tenant_id, user_id, ...row }: Insertable<FormerMemberTable>) =>
    db
      .insertInto('former_members')
      .values({ tenant_id, user_id, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doUpdateSet(row)),
  )
  const deleteByUser = acrossTenants(({ userId }: { userId: string }) =>
    db.deleteFrom('former_members').where('user_id', '=', userId),
  )

  const reads = (executor: Executor): FormerMemberReads => ({
    async find({ tenantId, userId }) {
      const row = await find.first(executor, { tenantId, userId })
      return row ? toFormerMember(row) : null
    },
    async listByUser(userId) {
      return (await listByUser.all(executor, { userId })).map(toFormerMember)
    },
  })

  const repository = (executor: Executor): FormerMemberRepository => ({
    ...reads(executor),
    async put({ tenantId, userId, roles, overrides, ending, endedAt }: FormerMember) {
      await put.affect(executor, {
        tenant_id: tenantId,
        user_id: userId,
        roles: JSON.stringify(roles),
        overrides: JSON.stringify(overrides),
        ending,
        ended_at: endedAt,
      })
    },
    deleteByUser: (userId) => deleteByUser.affect(executor, { userId }),
  })

  return { reads, repository }
}
