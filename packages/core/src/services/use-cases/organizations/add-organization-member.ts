import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { isUnseen } from '../../../model/membership.js'
import type { OrganizationMember, OrganizationMembership } from '../../../model/organization.js'
import { mayManageInOrganization } from '../../../policy/authority.js'
import { toMemberUser } from '../../steps/members/to-member-user.js'
import { memberNotFound, insufficientRank } from '../../steps/members/load-member.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import type { OrganizationStep } from '../../pipeline/organization-command.js'

const input = z.strictObject({
  userId: Id,
  /** Default `true`. */
  active: z.boolean().default(true),
  /** Default `false`. */
  admin: z.boolean().default(false),
})

/**
 * Makes somebody a member of the organization. Its admins know only the members of its tenants; operators may add
 * anybody.
 */
export const addOrganizationMember = organizationCommand({
  input,
  locks: ({ userId }) => ({ users: [userId] }),
  run: insertMember,
})

export async function insertMember(
  step: OrganizationStep,
  { userId, active, admin }: z.output<typeof input>,
): Promise<Outcome<OrganizationMember>> {
  const { tx, organizationId, isOperator, now } = step
  const user = await tx.users.find(userId)
  if (user?.status !== 'active' || !(isOperator || (await isKnown(step, userId)))) throw memberNotFound()
  if (!mayManageInOrganization({ isOperator }, user)) throw insufficientRank()
  if (await tx.organizationMembers.find({ organizationId, userId })) {
    throw new TenancyError('already_member', 'Already a member of the organization', {})
  }
  const membership: OrganizationMembership = { organizationId, userId, active, admin, createdAt: now }
  await tx.organizationMembers.insert(membership)
  const target = { type: 'organization_member', id: userId } as const
  return {
    result: toMemberUser({ ...membership, user }),
    events: [{ type: 'organization_member.added', target, data: { active, admin } }],
  }
}

/** Whether somebody is in the organization, or in one of its tenants, and has been there if they were added to it. */
async function isKnown({ tx, organizationId }: OrganizationStep, userId: string): Promise<boolean> {
  if (await tx.organizationMembers.find({ organizationId, userId })) return true
  for (const membership of await tx.memberships.listByUser(userId)) {
    if (isUnseen(membership)) continue
    const { tenantId } = membership
    const tenant = await tx.tenants.find(tenantId)
    if (tenant?.organizationId === organizationId && tenant.status !== 'deleted') return true
  }
  return false
}
