import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { insertOrganizationMember } from '../../steps/organizations/insert-organization-member.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import { changeOrganizationMember } from '../../steps/organizations/change-organization-member.js'

/**
 * Makes somebody a member of the organization, or changes what a member is. What is not named stays as it is; who is new
 * is active and no admin.
 */
export const setOrganizationMember = organizationCommand({
  input: z.strictObject({ userId: Id, active: z.boolean().optional(), admin: z.boolean().optional() }),
  locks: ({ userId }) => ({ users: [userId] }),
  async run(step, { userId, active, admin }) {
    const { tx, organizationId } = step
    const isMember = (await tx.organizationMembers.find({ organizationId, userId })) !== null
    if (isMember) return changeOrganizationMember(step, { userId, active, admin })
    return insertOrganizationMember(step, { userId, active: active ?? true, admin: admin ?? false })
  },
})
