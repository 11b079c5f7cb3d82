import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { insertMember } from './add-organization-member.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import { change } from './update-organization-member.js'

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
    if (isMember) return change(step, { userId, active, admin })
    return insertMember(step, { userId, active: active ?? true, admin: admin ?? false })
  },
})
