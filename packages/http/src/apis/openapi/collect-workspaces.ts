import type { UserClient, TenantOfUser } from '@tenantry/core'
import { collectAll } from '../../handler/collect-all.js'

/** All workspaces of the caller, oldest first. */
export async function collectWorkspaces(as: UserClient): Promise<readonly TenantOfUser[]> {
  // The use case orders them by the time the caller joined.
  const all = await collectAll((page) => as.tenants.list(page))
  return [...all].sort((one, other) => one.tenant.createdAt - other.tenant.createdAt)
}
