import { parseEmail } from '../../../model/email.js'
import { isUnseen } from '../../../model/membership.js'
import type { MemberUser, ListedFellow, Membership } from '../../../model/membership.js'
import type { User } from '../../../model/user.js'
import type { Reads } from '../../../storage/port.js'

type Shown = Pick<Membership, 'createdAt'> & Partial<Pick<Membership, 'addedAs' | 'lastActiveAt'>>

/** A member as the others may see them: somebody who was added and has not been here yet, as they were typed. */
export function toMemberUser<Row extends Shown & { readonly user: User }>({
  user,
  addedAs,
  ...membership
}: Row): Omit<Row, 'user' | 'addedAs'> & { readonly user: MemberUser } {
  const { lastActiveAt = null, createdAt } = membership
  return { ...membership, user: memberUserOf(user, { addedAs, lastActiveAt, createdAt }) }
}

/** {@link toMemberUser} for a list, with when each signed in last: not of somebody who is shown as they were typed. */
export async function asListed<Row extends Shown & { readonly user: User }>(
  { users }: Pick<Reads, 'users'>,
  rows: readonly Row[],
): Promise<readonly (Omit<Row, 'user' | 'addedAs'> & { readonly user: ListedFellow })[]> {
  const seen = rows.filter(({ addedAs, lastActiveAt = null }) => !isUnseen({ addedAs, lastActiveAt }))
  const lastLogins = await users.listLastLogins(seen.map(({ user }) => user.id))
  return rows.map((row) => {
    const member = toMemberUser(row)
    return { ...member, user: { ...member.user, lastLoginAt: lastLogins.get(row.user.id) ?? null } }
  })
}

function memberUserOf(user: User, membership: Pick<Membership, 'addedAs' | 'lastActiveAt' | 'createdAt'>): MemberUser {
  const { superuser, createdBy, waitingSince, ...memberUser } = user
  const { addedAs, createdAt } = membership
  if (!addedAs || !isUnseen(membership)) return memberUser
  const { email, name } = addedAs
  const unknown = { emailVerifiedAt: null, avatarUrl: null, language: null, timeZone: null } as const
  const emailKey = parseEmail(email)?.emailKey ?? email
  return { id: user.id, email, emailKey, name, ...unknown, status: 'active', createdAt }
}
