import type { Fellow } from '../../model/membership.js'
import type { User } from '../../model/user.js'

/** A member as the others may see them. */
export function asFellow<Row extends { readonly user: User }>({
  user,
  ...membership
}: Row): Omit<Row, 'user'> & { readonly user: Fellow } {
  const { superuser, currentTenantId, createdBy, ...fellow } = user
  return { ...membership, user: fellow }
}
