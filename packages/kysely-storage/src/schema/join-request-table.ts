import type { JoinRequestStatus } from '@tenantry/core'

export interface JoinRequestTable {
  tenant_id: string
  id: string
  user_id: string
  message: string | null
  status: JoinRequestStatus
  created_at: number
  resolved_at: number | null
  decided_by: string | null
}
