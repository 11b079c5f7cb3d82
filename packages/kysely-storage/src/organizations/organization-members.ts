import type { OrganizationMemberReads, OrganizationMemberRepository } from '@tenantry/core'
import { sql, type Insertable, type Updateable } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { onePageById, pageArguments, type PageArguments } from '../statements/keyset.js'
import {
  organizationMemberColumns,
  toOrganizationMember,
  toOrganizationMembership,
} from './organization-member-rows.js'
import type { OrganizationMemberTable } from '../schema/organization-tables.js'
import { organizationColumns, toOrganization } from './organizations.js'
import { adminsWithoutMembership } from './admins-without-membership.js'
import { ofTenant, statement, type Executor } from '../statements/statement.js'
import { userColumns } from '../users/user-rows.js'

interface MemberKey {
  readonly organizationId: string
  readonly userId: string
}

export function organizationMembers({ db, dialect }: Sql) {
  const ofOrganization = (organizationId: string) =>
    db.selectFrom('organization_members').where('organization_members.organization_id', '=', organizationId)
  const withUser = (organizationId: string) =>
    ofOrganization(organizationId)
      .innerJoin('users', 'users.id', 'organization_members.user_id')
      .select(organizationMemberColumns)
      .select(userColumns)
  const find = statement(({ organizationId, userId }: MemberKey) =>
    withUser(organizationId).where('organization_members.user_id', '=', userId),
  )
  const list = statement((given: PageArguments & { organizationId: string }) =>
    onePageById(
      dialect,
      withUser(given.organizationId),
      ofOrganization(given.organizationId),
      ['organization_members.created_at', 'organization_members.user_id'],
      'ascending',
      given,
    ),
  )
  const count = statement(({ organizationId }: { organizationId: string }) =>
    ofOrganization(organizationId).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countAdmins = statement(({ organizationId }: { organizationId: string }) =>
    ofOrganization(organizationId)
      .where('active', '=', sql.lit(dialect.boolean(true)))
      .where('admin', '=', sql.lit(dialect.boolean(true)))
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const listByUser = statement(({ userId }: { userId: string }) =>
    db
      .selectFrom('organization_members')
      .innerJoin('organizations', 'organizations.id', 'organization_members.organization_id')
      .select(organizationMemberColumns)
      .select(organizationColumns)
      .where('organization_members.user_id', '=', userId)
      .orderBy('organization_members.organization_id'),
  )
  const listInTenant = ofTenant('tenantId', (given: { organizationId: string; tenantId: string }) =>
    ofOrganization(given.organizationId)
      .innerJoin('memberships', 'memberships.user_id', 'organization_members.user_id')
      .where('memberships.tenant_id', '=', given.tenantId)
      .select(organizationMemberColumns)
      .orderBy('organization_members.user_id'),
  )
  const outside = adminsWithoutMembership({ db, dialect })
  const insert = statement(
    (row: Insertable<OrganizationMemberTable>) => db.insertInto('organization_members').values(row),
    { deferrable: true },
  )
  const update = statement(({ organizationId, userId, ...set }: Updateable<OrganizationMemberTable> & MemberKey) =>
    db
      .updateTable('organization_members')
      .set(set)
      .where('organization_id', '=', organizationId)
      .where('user_id', '=', userId),
  )
  const remove = statement(({ organizationId, userId }: MemberKey) =>
    db.deleteFrom('organization_members').where('organization_id', '=', organizationId).where('user_id', '=', userId),
  )

  const reads = (executor: Executor): OrganizationMemberReads => ({
    ...outside(executor),
    async find({ organizationId, userId }) {
      const row = await find.first(executor, { organizationId, userId })
      return row && toOrganizationMember(row)
    },
    async list({ organizationId, page }) {
      return (await list.all(executor, { organizationId, ...pageArguments(page) })).map(toOrganizationMember)
    },
    async count({ organizationId }) {
      return (await count.first(executor, { organizationId }))?.count ?? 0
    },
    async countAdmins({ organizationId }) {
      return (await countAdmins.first(executor, { organizationId }))?.count ?? 0
    },
    async listByUser(userId) {
      const rows = await listByUser.all(executor, { userId })
      return rows.map((row) => ({ organization: toOrganization(row), membership: toOrganizationMembership(row) }))
    },
    async listInTenant({ organizationId, tenantId }) {
      return (await listInTenant.all(executor, { organizationId, tenantId })).map(toOrganizationMembership)
    },
  })

  const repository = (executor: Executor): OrganizationMemberRepository => ({
    ...reads(executor),
    async insert({ organizationId, userId, active, admin, createdAt }) {
      await insert.affect(executor, {
        organization_id: organizationId,
        user_id: userId,
        active: dialect.boolean(active),
        admin: dialect.boolean(admin),
        created_at: createdAt,
      })
    },
    async update({ organizationId, userId, set: { active, admin } }) {
      const columns = {
        active: active === undefined ? undefined : dialect.boolean(active),
        admin: admin === undefined ? undefined : dialect.boolean(admin),
      }
      const empty = active === undefined && admin === undefined
      if (empty) return (await find.first(executor, { organizationId, userId })) !== null
      return (await update.affect(executor, { ...columns, organizationId, userId })) > 0
    },
    async delete({ organizationId, userId }) {
      return (await remove.affect(executor, { organizationId, userId })) > 0
    },
  })

  return { reads, repository }
}
