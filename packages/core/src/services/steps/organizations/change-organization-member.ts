import type { OrganizationMember } from '../../../model/organization.js'
import type { OrganizationStep } from '../../pipeline/organization-command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { loadOrganizationMember } from './load-organization-member.js'
import { requireAnAdmin } from './require-an-admin.js'

interface Changes {
  readonly userId: string
  readonly active?: boolean | undefined
  readonly admin?: boolean | undefined
}

/** Changes what is named; the last active admin stays both. */
export async function changeOrganizationMember(
  step: OrganizationStep,
  { userId, ...changes }: Changes,
): Promise<Outcome<OrganizationMember>> {
  const { tx, organizationId } = step
  const member = await loadOrganizationMember(step, userId)
  const from = { active: member.active, admin: member.admin }
  const to = { active: changes.active ?? from.active, admin: changes.admin ?? from.admin }
  if (from.active === to.active && from.admin === to.admin) return { result: member, events: [] }
  await requireAnAdmin(tx, member, to)
  await tx.organizationMembers.update({ organizationId, userId, set: to })
  const target = { type: 'organization_member', id: userId } as const
  return { result: { ...member, ...to }, events: [{ type: 'organization_member.updated', target, data: { from, to } }] }
}
