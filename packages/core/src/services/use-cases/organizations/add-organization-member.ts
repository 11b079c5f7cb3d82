import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import { insertOrganizationMember } from '../../steps/organizations/insert-organization-member.js'

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
  run: insertOrganizationMember,
})
