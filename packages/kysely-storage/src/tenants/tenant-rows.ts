import type { Settings, Tenant, TenantChanges } from '@tenantry/core'
import type { Selection, Updateable } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { TenantTable } from '../schema/tenant-tables.js'
import { fromJson } from '../statements/json.js'

export const tenantColumns = [
  'tenants.id as t_id',
  'tenants.name as t_name',
  'tenants.slug as t_slug',
  'tenants.plan as t_plan',
  'tenants.status as t_status',
  'tenants.settings as t_settings',
  'tenants.owner_id as t_owner_id',
  'tenants.created_at as t_created_at',
  'tenants.type as t_type',
  'tenants.join_policy as t_join_policy',
  'tenants.description as t_description',
  'tenants.deleted_at as t_deleted_at',
  'tenants.organization_id as t_organization_id',
] as const

type TenantRow = Selection<Tables, 'tenants', (typeof tenantColumns)[number]>

export function toTenant(row: TenantRow): Tenant {
  return {
    id: row.t_id,
    name: row.t_name,
    slug: row.t_slug,
    type: row.t_type,
    joinPolicy: row.t_join_policy,
    description: row.t_description,
    plan: row.t_plan,
    status: row.t_status,
    settings: fromJson<Settings>(row.t_settings),
    ownerId: row.t_owner_id,
    createdAt: row.t_created_at,
    deletedAt: row.t_deleted_at,
    organizationId: row.t_organization_id,
  }
}

/** The columns of the given fields; the others are `undefined`. */
export function fromTenant(tenant: TenantChanges): Updateable<TenantTable> {
  return {
    name: tenant.name,
    slug: tenant.slug,
    join_policy: tenant.joinPolicy,
    description: tenant.description,
    plan: tenant.plan,
    settings: tenant.settings && JSON.stringify(tenant.settings),
    owner_id: tenant.ownerId,
  }
}
