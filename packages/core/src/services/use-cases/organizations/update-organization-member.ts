import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { organizationCommand } from '../../pipeline/organization-command.js'
import { changeOrganizationMember } from '../../steps/organizations/change-organization-member.js'

const input = z
  .strictObject({ userId: Id, active: z.boolean().optional(), admin: z.boolean().optional() })
  .refine(({ active, admin }) => active !== undefined || admin !== undefined, 'names nothing to change')

/** Makes a member admin or not, active or not; what is not named stays. The last active admin stays both. */
export const updateOrganizationMember = organizationCommand({ input, run: changeOrganizationMember })
