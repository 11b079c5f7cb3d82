import type { StoredFile } from '@tenantry/core'

export interface FileTable {
  tenant_id: string
  id: string
  purpose: StoredFile['purpose']
  content_type: string
  bytes: Uint8Array
  created_at: number
}
