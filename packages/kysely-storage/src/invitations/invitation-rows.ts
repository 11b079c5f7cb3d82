import type { Invitation } from '@tenantry/core'
import type { Selectable } from 'kysely'
import type { InvitationTable } from '../schema/invitation-tables.js'

export const invitationColumns = [
  'tenant_id',
  'id',
  'email',
  'email_key',
  'role',
  'status',
  'inviter_id',
  'language',
  'created_at',
  'expires_at',
  'resolved_at',
] as const

export function toInvitation(row: Selectable<InvitationTable>): Invitation {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    email: row.email,
    emailKey: row.email_key,
    role: row.role,
    status: row.status,
    inviterId: row.inviter_id,
    language: row.language,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    resolvedAt: row.resolved_at,
  }
}
