import type { Flag } from './columns.js'
import type { EventTable } from './event-tables.js'

export interface OrganizationTable {
  id: string
  short_name: string
  display_name: string
  created_at: number
}

export interface OrganizationMemberTable {
  organization_id: string
  user_id: string
  active: Flag
  admin: Flag
  created_at: number
}

export type OrganizationEventTable = EventTable & { organization_id: string }
