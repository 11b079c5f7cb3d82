import { isPersonal, takesAddress } from '../../policy/invariants.js'
import type { User } from '../../model/user.js'
import type { LocatedInvitation } from '../../storage/invitation-port.js'
import type { Reads } from '../../storage/port.js'
import { PROOF } from '../users/claim-address.js'

/**
 * Whether the account that has the invited address gives way to a guest who holds this token: by being opened, when it
 * waits for its person, or by losing the address. The mailed token proves the address. The other only lets somebody into the
 * tenant of the invitation, so it opens no account that is in another one, that has a proven address, or that is an operator's.
 */
export async function givesWay(
  reads: Pick<Reads, 'memberships' | 'tenants' | 'organizationMembers'>,
  holder: User,
  { by }: Pick<LocatedInvitation, 'by'>,
): Promise<boolean> {
  const isProven = by === 'mailed'
  if (holder.waitingSince === null) return takesAddress({ ...PROOF, isProven }, holder)
  if (holder.status !== 'active') return false
  return isProven || (holder.emailVerifiedAt === null && !holder.superuser && belongsNowhere(reads, holder.id))
}

async function belongsNowhere(
  reads: Pick<Reads, 'memberships' | 'tenants' | 'organizationMembers'>,
  userId: string,
): Promise<boolean> {
  if ((await reads.organizationMembers.listByUser(userId)).length > 0) return false
  for (const { tenantId } of await reads.memberships.listByUser(userId)) {
    const tenant = await reads.tenants.find(tenantId)
    if (tenant && !isPersonal(tenant)) return false
  }
  return true
}
