import type { AccessReads } from '@tenantry/core'
import type { Sql } from '../database/dialect.js'
import { heldRoles, toHeldRoles } from './held-roles.js'
import { membershipColumns, toMembership, type MembershipRow } from '../members/membership-rows.js'
import {
  organizationMemberColumns,
  toOrganizationMembership,
  type OrganizationMemberRow,
} from '../organizations/organization-member-rows.js'
import { ofTenant, type Executor } from '../statements/statement.js'
import { tenantColumns, toTenant } from '../tenants/tenant-rows.js'
import { toUser, userColumns } from '../users/user-rows.js'

export function access({ db, dialect }: Sql) {
  const find = ofTenant('tenantId', ({ tenantId, userId }: { tenantId: string; userId: string }) =>
    db
      .selectFrom('tenants')
      .innerJoin('users', (join) => join.on('users.id', '=', userId))
      .leftJoin('memberships', (join) =>
        join.on('memberships.tenant_id', '=', tenantId).onRef('memberships.user_id', '=', 'users.id'),
      )
      .leftJoin('organization_members', (join) =>
        join
          .onRef('organization_members.organization_id', '=', 'tenants.organization_id')
          .onRef('organization_members.user_id', '=', 'users.id'),
      )
      .select(tenantColumns)
      .select(userColumns)
      .select(membershipColumns)
      .select(organizationMemberColumns)
      .select((eb) => heldRoles(eb, dialect, tenantId))
      .where('tenants.id', '=', tenantId),
  )

  return (executor: Executor): AccessReads => ({
    async find({ tenantId, userId }) {
      const row = await find.first(executor, { tenantId, userId })
      if (!row) return null
      const tenant = toTenant(row)
      const user = toUser(row)
      // A join finds all of a membership or nothing of it.
      const above = row.om_user_id === null ? null : toOrganizationMembership(row as OrganizationMemberRow)
      const facts = { tenant, user, organizationMembership: above }
      if (row.m_user_id === null) return { ...facts, membership: null, customRoles: [] }
      const membership = toMembership(row as MembershipRow)
      return { ...facts, membership, customRoles: toHeldRoles(tenantId, membership.roles, row.held_roles) }
    },
  })
}
