import type { Membership, MembershipChanges, MembershipOfUser, Overrides } from '@tenantry/core'
import type { Selection, Updateable } from 'kysely'
import type { MembershipTable } from '../schema/member-tables.js'
import type { Tables } from '../schema/tables.js'
import type { StorageDialect } from '../database/dialect.js'
import { fromJson } from '../statements/json.js'
import { toUser } from '../users/user-rows.js'

export const membershipColumns = [
  'memberships.tenant_id as m_tenant_id',
  'memberships.user_id as m_user_id',
  'memberships.roles as m_roles',
  'memberships.active as m_active',
  'memberships.overrides as m_overrides',
  'memberships.invited_by as m_invited_by',
  'memberships.last_active_at as m_last_active_at',
  'memberships.created_at as m_created_at',
  'memberships.added_email as m_added_email',
  'memberships.added_name as m_added_name',
  'memberships.metadata as m_metadata',
] as const

export type MembershipRow = Selection<Tables, 'memberships', (typeof membershipColumns)[number]>

export function toMembership(row: MembershipRow): Membership {
  return {
    tenantId: row.m_tenant_id,
    userId: row.m_user_id,
    roles: fromJson<string[]>(row.m_roles),
    active: Boolean(row.m_active),
    overrides: fromJson<Overrides>(row.m_overrides),
    invitedBy: row.m_invited_by,
    lastActiveAt: row.m_last_active_at,
    createdAt: row.m_created_at,
    ...(row.m_added_email !== null && { addedAs: { email: row.m_added_email, name: row.m_added_name } }),
    metadata: row.m_metadata === null ? null : fromJson<Membership['metadata']>(row.m_metadata),
  }
}

function toMetadata(metadata: Membership['metadata']): string | null {
  return metadata === null ? null : JSON.stringify(metadata)
}

/** What is written of how somebody was added, with the text that a keyword is looked for in. */
function addedColumns({ addedAs }: Pick<Membership, 'addedAs'>) {
  if (!addedAs) return { added_email: null, added_name: null, added_folded: null }
  const { email, name } = addedAs
  return { added_email: email, added_name: name, added_folded: `${name ?? ''}\n${email}`.toLowerCase() }
}

/** The columns of a whole membership, beside its tenant. */
export function fromMembership(membership: Membership, dialect: StorageDialect) {
  return {
    user_id: membership.userId,
    roles: JSON.stringify(membership.roles),
    active: dialect.boolean(membership.active),
    overrides: JSON.stringify(membership.overrides),
    invited_by: membership.invitedBy,
    last_active_at: membership.lastActiveAt,
    created_at: membership.createdAt,
    ...addedColumns(membership),
    metadata: toMetadata(membership.metadata),
  }
}

export function toMember(row: MembershipRow & Parameters<typeof toUser>[0]): MembershipOfUser {
  return { ...toMembership(row), user: toUser(row) }
}

export function fromChanges(set: MembershipChanges, dialect: StorageDialect): Updateable<MembershipTable> {
  return {
    roles: set.roles && JSON.stringify(set.roles),
    active: set.active === undefined ? undefined : dialect.boolean(set.active),
    overrides: set.overrides && JSON.stringify(set.overrides),
    last_active_at: set.lastActiveAt,
    metadata: set.metadata === undefined ? undefined : toMetadata(set.metadata),
  }
}
