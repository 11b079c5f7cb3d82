import type { ActingUser, TenantOfUser } from '@tenantry/core'
import { everyRow } from '../http/every-row.js'

/** All workspaces of the caller, in the order in which they were made. */
export async function everyWorkspace(as: ActingUser): Promise<readonly TenantOfUser[]> {
  // The use case has them in the order in which the caller joined.
  const all = await everyRow((page) => as.tenants.list(page))
  return [...all].sort((one, other) => one.tenant.createdAt - other.tenant.createdAt)
}
