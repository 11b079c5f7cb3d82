import type { Member } from '../../model/membership.js'
import type { MembershipOfUser } from '../../storage/membership-port.js'

/** A member as the others may see them. */
export function asFellow({ user, ...membership }: MembershipOfUser): Member {
  const { superuser, currentTenantId, ...fellow } = user
  return { ...membership, user: fellow }
}
