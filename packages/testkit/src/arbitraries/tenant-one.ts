import type { Tenant } from '@tenantry/core'

/** The tenant that facts are about when nothing turns on which. */
export const TENANT_ONE: Tenant = {
  id: 'tenant-1',
  name: 'Tenant 1',
  slug: null,
  type: 'group',
  joinPolicy: 'closed',
  description: null,
  plan: 'basic',
  status: 'active',
  settings: {},
  ownerId: 'user-2',
  createdAt: 0,
  deletedAt: null,
  organizationId: 'organization-1',
}
