import { z } from 'zod'
import { Id } from '../../../model/id.js'
import type { OrganizationMember } from '../../../model/organization.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { loadOrganizationMember } from '../../steps/organizations/load-organization-member.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import type { OrganizationStep } from '../../pipeline/organization-command.js'
import { requireAnAdmin } from '../../steps/organizations/require-an-admin.js'

const input = z
  .strictObject({ userId: Id, active: z.boolean().optional(), admin: z.boolean().optional() })
  .refine(({ active, admin }) => active !== undefined || admin !== undefined, 'names nothing to change')

/** Makes a member admin or not, active or not; what is not named stays. The last active admin stays both. */
export const updateOrganizationMember = organizationCommand({ input, run: change })

export async function change(
  step: OrganizationStep,
  { userId, ...changes }: z.output<typeof input>,
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
