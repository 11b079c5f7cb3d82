import type { UserClient, TenantOfUser } from '@tenantry/core'
import { collectAll } from '../../handler/collect-all.js'

/** All workspaces of the caller, in the order in which they were made. */
export async function collectWorkspaces(as: UserClient): Promise<readonly TenantOfUser[]> {
  // The use case has them in the order in which the caller joined.
  const all = await collectAll((page) => as.tenants.list(page))
  return [...all].sort((one, other) => one.tenant.createdAt - other.tenant.createdAt)
}
