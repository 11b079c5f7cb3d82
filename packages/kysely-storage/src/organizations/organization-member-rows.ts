import type { OrganizationMembership, OrganizationMembershipOfUser } from '@tenantry/core'
import type { Selection } from 'kysely'
import type { Tables } from '../schema/tables.js'
import { toUser } from '../users/user-rows.js'

export const organizationMemberColumns = [
  'organization_members.organization_id as om_organization_id',
  'organization_members.user_id as om_user_id',
  'organization_members.active as om_active',
  'organization_members.admin as om_admin',
  'organization_members.created_at as om_created_at',
] as const

export type OrganizationMemberRow = Selection<
  Tables,
  'organization_members',
  (typeof organizationMemberColumns)[number]
>

export function toOrganizationMembership(row: OrganizationMemberRow): OrganizationMembership {
  return {
    organizationId: row.om_organization_id,
    userId: row.om_user_id,
    active: Boolean(row.om_active),
    admin: Boolean(row.om_admin),
    createdAt: row.om_created_at,
  }
}

export function toOrganizationMember(
  row: OrganizationMemberRow & Parameters<typeof toUser>[0],
): OrganizationMembershipOfUser {
  return { ...toOrganizationMembership(row), user: toUser(row) }
}
