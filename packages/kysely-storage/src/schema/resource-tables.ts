import type { Resource } from '@tenantry/core'
import type { Json } from './columns.js'

export interface ResourceTable {
  tenant_id: string
  type: string
  id: string
  owner_tenant_id: string
  /** Where it is seen while it is shared; this row only holds its place then. */
  shared_with_tenant_id: string | null
  owner_id: string
  visibility: Resource['visibility']
  name: string
  name_folded: string
  attributes: Json
  size_bytes: number
  created_at: number
  updated_at: number
  active_at: number
}

/** A word by which a resource is found; it lies where the resource is seen. */
export interface ResourceLabelTable {
  tenant_id: string
  resource_type: string
  resource_id: string
  kind: string
  label: string
  position: number
}
