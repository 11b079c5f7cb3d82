import type { EmailKind, QueuedEmail } from '@tenantry/core'

export interface EmailTable {
  id: string
  tenant_id: string | null
  kind: EmailKind
  recipient: string
  payload: string
  status: QueuedEmail['status']
  attempts: number
  due_at: number
  last_error: string | null
  created_at: number
}
