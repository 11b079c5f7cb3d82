import type { FormerMember } from '@tenantry/core'
import type { ColumnType } from 'kysely'
import type { Flag, Json } from './columns.js'

export interface MembershipTable {
  tenant_id: string
  user_id: string
  /** The keys of the roles, in order. `membership_roles` holds the same keys, to find members by them. */
  roles: Json
  active: Flag
  overrides: Json
  invited_by: string | null
  last_active_at: number | null
  created_at: number
  metadata: ColumnType<unknown, string | null, string | null>
  /** What whoever added the member typed; all `null` for nobody who was added. */
  added_email: string | null
  added_name: string | null
  added_folded: string | null
}

export interface MembershipRoleTable {
  tenant_id: string
  user_id: string
  role: string
}

export interface FormerMemberTable {
  tenant_id: string
  user_id: string
  roles: Json
  overrides: Json
  ending: FormerMember['ending']
  ended_at: number
}
