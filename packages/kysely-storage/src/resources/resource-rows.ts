import type { Share, Resource, ResourceChanges } from '@tenantry/core'
import type { Insertable, Selectable, Updateable } from 'kysely'
import { fromJson } from '../statements/json.js'
import { toLabels } from './resource-labels.js'
import type { ResourceTable } from '../schema/resource-tables.js'

export const resourceColumns = [
  'tenant_id',
  'type',
  'id',
  'owner_tenant_id',
  'owner_id',
  'visibility',
  'name',
  'attributes',
  'size_bytes',
  'created_at',
  'updated_at',
  'active_at',
] as const

export const shareColumns = ['tenant_id', 'type', 'id', 'owner_tenant_id', 'shared_with_tenant_id', 'owner_id'] as const

export function toResource(
  row: Selectable<Pick<ResourceTable, (typeof resourceColumns)[number]>> & { readonly labels: unknown },
): Resource {
  return {
    tenantId: row.tenant_id,
    type: row.type,
    id: row.id,
    ownerTenantId: row.owner_tenant_id,
    ownerId: row.owner_id,
    visibility: row.visibility,
    name: row.name,
    attributes: fromJson<Resource['attributes']>(row.attributes),
    labels: toLabels(row.labels),
    sizeBytes: row.size_bytes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    activeAt: row.active_at,
  }
}

export function toShare(row: Pick<ResourceTable, (typeof shareColumns)[number]>): Share {
  return {
    type: row.type,
    id: row.id,
    ownerTenantId: row.owner_tenant_id,
    tenantId: row.shared_with_tenant_id ?? row.tenant_id,
    ownerId: row.owner_id,
  }
}

/** The columns of the given fields; the others are `undefined`. */
export function fromChanges(set: ResourceChanges): Updateable<ResourceTable> {
  return {
    visibility: set.visibility,
    name: set.name,
    name_folded: set.name?.toLowerCase(),
    attributes: set.attributes && JSON.stringify(set.attributes),
    size_bytes: set.sizeBytes,
    updated_at: set.updatedAt,
    active_at: set.activeAt,
  }
}

export function fromResource(resource: Resource): Insertable<ResourceTable> {
  return {
    tenant_id: resource.tenantId,
    type: resource.type,
    id: resource.id,
    owner_tenant_id: resource.ownerTenantId,
    shared_with_tenant_id: null,
    owner_id: resource.ownerId,
    visibility: resource.visibility,
    name: resource.name,
    name_folded: resource.name.toLowerCase(),
    attributes: JSON.stringify(resource.attributes),
    size_bytes: resource.sizeBytes,
    created_at: resource.createdAt,
    updated_at: resource.updatedAt,
    active_at: resource.activeAt,
  }
}
