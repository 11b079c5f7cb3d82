import { isUnseen } from '../../model/membership.js'
import type { Transaction } from '../../storage/port.js'
import type { TenantAccess } from './authorize.js'

/** Whoever acts in a tenant for the first time after being added is shown there as themselves from then on. */
export async function markSeen(
  { memberships }: Pick<Transaction, 'memberships'>,
  { membership, viaOrganization }: Pick<TenantAccess, 'membership' | 'viaOrganization'>,
  now: number,
): Promise<void> {
  if (membership === null || viaOrganization || !isUnseen(membership)) return
  const { tenantId, userId } = membership
  await memberships.update({ tenantId, userId, set: { lastActiveAt: now } })
}
