import type { AuthorizationInput, Overrides, ResourceAttributes } from '@tenantry/core'
import { TENANT_ONE } from '../arbitraries/tenant-one.js'

/** The facts of an active member of an active tenant, `user-1` in `tenant-1`. */
export function memberWith(roles: readonly string[], overrides: Overrides = {}): AuthorizationInput {
  return {
    tenant: TENANT_ONE,
    user: { id: 'user-1', status: 'active' },
    membership: { tenantId: 'tenant-1', userId: 'user-1', roles, active: true, overrides },
  }
}

/** A resource that is the host's to show to the whole tenant, and somebody else's. */
export const OF_THE_TENANT: ResourceAttributes = { ownerId: 'user-2', visibility: 'tenant' }
