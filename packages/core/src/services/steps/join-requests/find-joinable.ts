import { TenancyError } from '../../../errors.js'
import type { Tenant } from '../../../model/tenant.js'
import { isPublic } from '../../../policy/invariants.js'
import type { Transaction } from '../../../storage/port.js'
import { tenantNotFound } from '../../pipeline/authorize.js'

/**
 * The tenant that somebody who is no member wants to enter. One that lets nobody in is none that they could know of; to
 * its members it says that they are in already.
 */
export async function findJoinable(
  tx: Transaction,
  { tenantId, userId }: { readonly tenantId: string; readonly userId: string },
): Promise<Tenant> {
  const tenant = await tx.tenants.find(tenantId)
  if (tenant?.status !== 'active') throw tenantNotFound()
  const membership = await tx.memberships.find({ tenantId, userId })
  if (membership && (membership.active || isPublic(tenant)))
    throw new TenancyError('already_member', 'You are a member already', {})
  if (!isPublic(tenant)) throw tenantNotFound()
  return tenant
}

export function joinNotAllowed(message: string): TenancyError {
  return new TenancyError('join_not_allowed', message, {})
}
