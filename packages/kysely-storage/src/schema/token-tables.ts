import type { DeviceAuthorizationStatus } from '@tenantry/core'

export interface AccessTokenTable {
  user_id: string
  id: string
  token_hash: string
  label: string | null
  client_id: string | null
  prefix: string
  created_at: number
  expires_at: number
  last_used_at: number | null
  signed_in_at: number | null
}

export interface ExternalTokenTable {
  issuer: string
  email_key: string
  email: string
  id: string
  token_hash: string
  label: string
  client_id: string
  prefix: string
  created_at: number
  expires_at: number
  last_used_at: number | null
}

/** The directory of devices that ask to be signed in. */
export interface DeviceAuthorizationTable {
  id: string
  device_code_hash: string
  user_code_hash: string
  client_id: string
  label: string
  status: DeviceAuthorizationStatus
  user_id: string | null
  network: string | null
  created_at: number
  expires_at: number
}
