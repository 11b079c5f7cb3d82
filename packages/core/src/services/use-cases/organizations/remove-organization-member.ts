import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { loadOrganizationMember } from '../../steps/organizations/load-organization-member.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import { requireAnAdmin } from '../../steps/organizations/require-an-admin.js'

/** Ends a membership of the organization, one's own included; those of its tenants stay. The last active admin stays. */
export const removeOrganizationMember = organizationCommand({
  input: z.strictObject({ userId: Id }),
  async run(step, { userId }) {
    const { tx, organizationId } = step
    const member = await loadOrganizationMember(step, userId)
    await requireAnAdmin(tx, member, null)
    await tx.organizationMembers.delete({ organizationId, userId })
    return {
      result: member,
      events: [
        {
          type: 'organization_member.removed',
          target: { type: 'organization_member', id: userId },
          data: { active: member.active, admin: member.admin },
        },
      ],
    }
  },
})
