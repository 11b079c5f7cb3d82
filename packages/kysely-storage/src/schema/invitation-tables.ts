import type { InvitationStatus } from '@tenantry/core'

export interface InvitationTable {
  tenant_id: string
  id: string
  email: string
  email_key: string
  role: string
  status: InvitationStatus
  inviter_id: string
  language: string | null
  created_at: number
  expires_at: number
  resolved_at: number | null
}

/** A directory from a token's hash to the pending invitation it opens. Mailed tokens and revealed ones have one each. */
export interface InvitationTokenTable {
  token_hash: string
  tenant_id: string
  invitation_id: string
}
