import type { Tables } from './database.js'

/** The tables whose rows belong to a tenant each, by the column that says to which. */
export const tablesOfTenants = {
  tenants: 'id',
  memberships: 'tenant_id',
  membership_roles: 'tenant_id',
  tenant_roles: 'tenant_id',
  invitations: 'tenant_id',
  join_requests: 'tenant_id',
  former_members: 'tenant_id',
  ownership_transfers: 'tenant_id',
  tenant_events: 'tenant_id',
  files: 'tenant_id',
  resources: 'tenant_id',
  resource_labels: 'tenant_id',
  comments: 'tenant_id',
  notifications: 'tenant_id',
} as const satisfies Partial<Record<keyof Tables, string>>
