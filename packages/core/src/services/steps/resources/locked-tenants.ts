import { StorageError } from '../../../storage/storage-error.js'
import type { Share } from '../../../storage/resource-port.js'
import type { TenantScope, TenantStep } from '../../pipeline/command.js'

/** The other tenant of a shared resource, from either of the two. */
export async function tenantsOfResource(
  { context, tenantId }: TenantScope,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<readonly string[]> {
  const { resources } = context.storage.read
  const resource = await resources.find({ tenantId, type, id })
  if (resource) return [resource.ownerTenantId]
  const share = await resources.findShare({ ownerTenantId: tenantId, type, id })
  return share ? [share.tenantId] : []
}

/** The tenants of all resources shared into this one or out of it; with `ownerId`, of those that this user owns. */
export async function tenantsOfShares(
  { context, tenantId }: Pick<TenantScope, 'context' | 'tenantId'>,
  ownerId?: string,
): Promise<readonly string[]> {
  const shares = await context.storage.read.resources.listShares({ tenantId, ownerId })
  return [...new Set(shares.flatMap(tenantIdsOf))]
}

export function tenantIdsOf({ ownerTenantId, tenantId }: Pick<Share, 'ownerTenantId' | 'tenantId'>): readonly string[] {
  return [ownerTenantId, tenantId]
}

/** A resource that was shared after the tenants were looked up is found on the next attempt. */
export function requireLocked({ locks }: Pick<TenantStep, 'locks'>, tenantIds: readonly string[]): void {
  if (tenantIds.every((id) => locks.tenants?.includes(id))) return
  throw new StorageError('busy', 'It was shared or unshared by a concurrent request')
}
