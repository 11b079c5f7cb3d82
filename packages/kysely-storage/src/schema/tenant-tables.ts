import type { JoinPolicy, OwnershipTransfer, TenantStatus, TenantType } from '@tenantry/core'
import type { Json } from './columns.js'

export interface TenantTable {
  id: string
  name: string
  slug: string | null
  plan: string
  status: TenantStatus
  settings: Json
  owner_id: string
  created_at: number
  type: TenantType
  join_policy: JoinPolicy
  description: string | null
  deleted_at: number | null
  purge_began_at: number | null
  organization_id: string | null
  /** How many memberships there are. Every statement that adds or removes some changes it in the same transaction. */
  member_count: number
}

/** The directory that makes slugs unique in the installation. */
export interface TenantSlugTable {
  slug: string
  tenant_id: string
}

export interface TenantRoleTable {
  tenant_id: string
  key: string
  name: string
  rank: number
  permissions: Json
  created_at: number
}

export interface OwnershipTransferTable {
  tenant_id: string
  owner_id: string
  phase: OwnershipTransfer['phase']
  code_hash: string
  token_hash: string
  expires_at: number
}
