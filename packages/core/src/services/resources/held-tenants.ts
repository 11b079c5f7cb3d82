import { StorageError } from '../../storage/storage-error.js'
import type { Loan } from '../../storage/resource-port.js'
import type { TenantScope, TenantStep } from '../command.js'

/** The other tenant of a resource that is lent, from whichever of the two it is named in. */
export async function tenantsOfResource(
  { context, tenantId }: TenantScope,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<readonly string[]> {
  const { resources } = context.storage.read
  const resource = await resources.find({ tenantId, type, id })
  if (resource) return [resource.homeTenantId]
  const loan = await resources.findLoan({ homeTenantId: tenantId, type, id })
  return loan ? [loan.tenantId] : []
}

/** The tenants of what somebody, or anybody, has lent into this one or out of it. */
export async function tenantsOfLoans(
  { context, tenantId }: Pick<TenantScope, 'context' | 'tenantId'>,
  ownerId?: string,
): Promise<readonly string[]> {
  const loans = await context.storage.read.resources.listLoans({ tenantId, ownerId })
  return [...new Set(loans.flatMap(placesOf))]
}

export function placesOf({ homeTenantId, tenantId }: Pick<Loan, 'homeTenantId' | 'tenantId'>): readonly string[] {
  return [homeTenantId, tenantId]
}

/** What was lent after the tenants were looked for is found on the next attempt. */
export function requireHeld({ locks }: Pick<TenantStep, 'locks'>, tenantIds: readonly string[]): void {
  if (tenantIds.every((id) => locks.tenants?.includes(id))) return
  throw new StorageError('busy', 'It was lent or taken back just now')
}
