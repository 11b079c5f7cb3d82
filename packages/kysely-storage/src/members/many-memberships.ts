import type { Membership } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { groupsOf, manyRowsOfTenant } from '../statements/many-rows.js'
import { memberCount } from './member-count.js'
import { fromMembership } from './membership-rows.js'
import { ofTenant, type Executor } from '../statements/statement.js'

type MembershipRow = ReturnType<typeof fromMembership>

interface RoleRow {
  readonly user_id: string
  readonly role: string
}

/** What is asked of many memberships at once, and written for them. */
export function manyMemberships({ db, dialect }: Sql) {
  const memberIds = ofTenant('tenantId', ({ tenantId, userIds }: { tenantId: string; userIds: string }) =>
    db
      .selectFrom('memberships')
      .select('user_id')
      .where('tenant_id', '=', tenantId)
      .where('user_id', 'in', sql<string>`(${dialect.jsonArrayTexts(sql.val(userIds))})`),
  )
  const insert = manyRowsOfTenant<MembershipRow>((tenant_id, rows) =>
    db.insertInto('memberships').values(rows.map((row) => ({ tenant_id, ...row }))),
  )
  const insertRoles = manyRowsOfTenant<RoleRow>((tenant_id, rows) =>
    db.insertInto('membership_roles').values(rows.map((row) => ({ tenant_id, ...row }))),
  )

  const inTheTenant = memberCount({ db, dialect })

  return {
    async listMemberIds(executor: Executor, query: { readonly tenantId: string; readonly userIds: readonly string[] }) {
      const userIds = JSON.stringify(query.userIds)
      return (await memberIds.all(executor, { tenantId: query.tenantId, userIds })).map((row) => row.user_id)
    },
    async insert(executor: Executor, memberships: readonly Membership[]) {
      for (const [tenantId, ofOne] of groupsOf(memberships, (membership) => membership.tenantId)) {
        const roles = ofOne.flatMap(({ userId, roles }) => roles.map((role) => ({ user_id: userId, role })))
        await insert(
          executor,
          tenantId,
          ofOne.map((membership) => fromMembership(membership, dialect)),
        )
        await insertRoles(executor, tenantId, roles)
        await inTheTenant.change(executor, tenantId, ofOne.length)
      }
    },
  }
}
