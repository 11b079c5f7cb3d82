import type { OrganizationMemberReads, AdminsWithoutMembershipFilter } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { onePageById, pageArguments, type PageArguments } from '../statements/keyset.js'
import { isActiveUser } from '../statements/active-status.js'
import { organizationMemberColumns, toOrganizationMember } from './organization-member-rows.js'
import { ofTenant, type Executor } from '../statements/statement.js'
import { userColumns } from '../users/user-rows.js'

/** Who runs an organization and is no active member of a tenant of it. */
export function adminsWithoutMembership({ db, dialect }: Sql) {
  const yes = sql.lit(dialect.boolean(true))
  const every = ({ organizationId, tenantId, userId }: AdminsWithoutMembershipFilter) => {
    const query = db
      .selectFrom('organization_members')
      .innerJoin('users', 'users.id', 'organization_members.user_id')
      .where('organization_members.organization_id', '=', organizationId)
      .where('organization_members.active', '=', yes)
      .where('organization_members.admin', '=', yes)
      .where(isActiveUser)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('memberships')
              .select(sql.lit(1).as('one'))
              .where('memberships.tenant_id', '=', tenantId)
              .whereRef('memberships.user_id', '=', 'organization_members.user_id')
              .where('memberships.active', '=', yes),
          ),
        ),
      )
    return userId === undefined ? query : query.where('organization_members.user_id', '=', userId)
  }
  const list = ofTenant('tenantId', (given: PageArguments & AdminsWithoutMembershipFilter) =>
    onePageById(
      dialect,
      every(given).select(organizationMemberColumns).select(userColumns),
      every(given),
      ['organization_members.created_at', 'organization_members.user_id'],
      'ascending',
      given,
    ),
  )
  const count = ofTenant('tenantId', (given: AdminsWithoutMembershipFilter) =>
    every(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )

  return (
    executor: Executor,
  ): Pick<OrganizationMemberReads, 'listAdminsWithoutMembership' | 'countAdminsWithoutMembership'> => ({
    async listAdminsWithoutMembership({ organizationId, tenantId, userId, page }) {
      const filter = { organizationId, tenantId, userId }
      return (await list.all(executor, { ...filter, ...pageArguments(page) })).map(toOrganizationMember)
    },
    async countAdminsWithoutMembership({ organizationId, tenantId, userId }) {
      return (await count.first(executor, { organizationId, tenantId, userId }))?.count ?? 0
    },
  })
}
