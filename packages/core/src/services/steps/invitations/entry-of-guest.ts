import { isPersonal, takesAddress } from '../../../policy/invariants.js'
import type { User } from '../../../model/user.js'
import type { LocatedInvitation } from '../../../storage/invitation-port.js'
import type { Reads } from '../../../storage/port.js'
import { PROOF } from '../users/claim-address.js'

/** What a guest bears. */
interface Shown extends Pick<LocatedInvitation, 'by'> {
  /** Whether they give a password, too. */
  readonly hasPassword: boolean
}

/**
 * What becomes of the account that has the invited address, when a guest bears the token: it is opened for them, or a new
 * account takes its place. `null` where neither may be: its owner signs in.
 *
 * The mailed token proves the address. It opens an account that waits for its person, and one that has no password yet for
 * whoever gives it the first. It takes the address from one without a proof. The other token only lets somebody into the
 * tenant of the invitation: a new account takes the place of one that waits and that is in no tenant, has no proven address
 * and is no operator's.
 */
export async function entryOfGuest(
  reads: Pick<Reads, 'users' | 'memberships' | 'tenants' | 'organizationMembers'>,
  holder: User,
  { by, hasPassword }: Shown,
): Promise<'opened' | 'replaced' | null> {
  const [isActive, waits] = [holder.status === 'active', holder.waitingSince !== null]
  if (by === 'revealed') {
    const isPlain = isActive && holder.emailVerifiedAt === null && !holder.superuser
    return waits && isPlain && (await belongsNowhere(reads, holder.id)) ? 'replaced' : null
  }
  if (waits) return isActive ? 'opened' : null
  if (takesAddress(PROOF, holder)) return 'replaced'
  const mayBeOpened = hasPassword && isActive && !holder.superuser
  return mayBeOpened && (await reads.users.findPasswordHash(holder.id)) === null ? 'opened' : null
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
