import type { OrganizationMember } from '../../../model/organization.js'
import { mayManageInOrganization } from '../../../policy/authority.js'
import { toMemberUser } from '../members/to-member-user.js'
import { memberNotFound, insufficientRank } from '../members/load-member.js'
import type { OrganizationStep } from '../../pipeline/organization-command.js'

/** The member a command is about, whom the actor may change. */
export async function loadOrganizationMember(
  { tx, organizationId, isOperator }: OrganizationStep,
  userId: string,
): Promise<OrganizationMember> {
  const found = await tx.organizationMembers.find({ organizationId, userId })
  if (!found) throw memberNotFound()
  if (!mayManageInOrganization({ isOperator }, found.user)) throw insufficientRank()
  return toMemberUser(found)
}
