import { TenancyError } from '../../../errors.js'
import { isUnseen } from '../../../model/membership.js'
import type { OrganizationMember, OrganizationMembership } from '../../../model/organization.js'
import { mayManageInOrganization } from '../../../policy/authority.js'
import type { OrganizationStep } from '../../pipeline/organization-command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { insufficientRank, memberNotFound } from '../members/load-member.js'
import { toMemberUser } from '../members/to-member-user.js'

/** Makes an account a member. An organization's admins know only the members of its tenants; operators know everybody. */
export async function insertOrganizationMember(
  step: OrganizationStep,
  { userId, active, admin }: Pick<OrganizationMembership, 'userId' | 'active' | 'admin'>,
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
