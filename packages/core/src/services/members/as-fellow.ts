import { parseEmail } from '../../model/email.js'
import { isUnseen } from '../../model/membership.js'
import type { Fellow, Membership } from '../../model/membership.js'
import type { User } from '../../model/user.js'

type Shown = Pick<Membership, 'createdAt'> & Partial<Pick<Membership, 'addedAs' | 'lastActiveAt'>>

/** A member as the others may see them: somebody who was added and has not been here yet, as they were typed. */
export function asFellow<Row extends Shown & { readonly user: User }>({
  user,
  addedAs,
  ...membership
}: Row): Omit<Row, 'user' | 'addedAs'> & { readonly user: Fellow } {
  const { lastActiveAt = null, createdAt } = membership
  return { ...membership, user: fellowOf(user, { addedAs, lastActiveAt, createdAt }) }
}

function fellowOf(user: User, membership: Pick<Membership, 'addedAs' | 'lastActiveAt' | 'createdAt'>): Fellow {
  const { superuser, currentTenantId, createdBy, waitingSince, ...fellow } = user
  const { addedAs, createdAt } = membership
  if (!addedAs || !isUnseen(membership)) return fellow
  const { email, name } = addedAs
  const unknown = { emailVerifiedAt: null, avatarUrl: null, language: null, timeZone: null, lastLoginAt: null } as const
  const emailKey = parseEmail(email)?.emailKey ?? email
  return { id: user.id, email, emailKey, name, ...unknown, status: 'active', createdAt }
}
