import { isUnseen } from '../../model/membership.js'
import type { Transaction } from '../../storage/port.js'
import type { Standing } from '../authorize.js'

/** Whoever acts in a tenant for the first time after being added is shown there as themselves from then on. */
export async function beThere(
  { memberships }: Pick<Transaction, 'memberships'>,
  { membership, byOrganizationAlone }: Pick<Standing, 'membership' | 'byOrganizationAlone'>,
  now: number,
): Promise<void> {
  if (membership === null || byOrganizationAlone || !isUnseen(membership)) return
  const { tenantId, userId } = membership
  await memberships.update({ tenantId, userId, set: { lastActiveAt: now } })
}
