import type { Member } from '../../../model/membership.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'

/** Writes a member's roles, in place of what they had. Nothing is told where nothing changes. */
export async function assignRoles(
  { tx }: Pick<TenantStep, 'tx'>,
  member: Member,
  roles: readonly string[],
): Promise<Outcome<Member>> {
  const { tenantId, userId, roles: from } = member
  if (roles.length === from.length && roles.every((key, at) => key === from[at])) return { result: member, events: [] }
  await tx.memberships.update({ tenantId, userId, set: { roles } })
  const target = { type: 'member', id: userId } as const
  return { result: { ...member, roles }, events: [{ type: 'member.roles_updated', target, data: { from, to: roles } }] }
}
