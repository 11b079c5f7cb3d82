import type { NotificationChannel, NotificationKind } from '@tenantry/core'

export interface NotificationTable {
  tenant_id: string
  user_id: string
  id: string
  kind: NotificationKind
  actor_id: string | null
  resource_type: string | null
  resource_id: string | null
  member_id: string | null
  at: number
  read_at: number | null
}

export interface NotificationPreferenceTable {
  user_id: string
  kind: NotificationKind
  channel: NotificationChannel
}
