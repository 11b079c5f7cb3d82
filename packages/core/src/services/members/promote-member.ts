import { z } from 'zod'
import { Id } from '../../model/id.js'
import { CEILING } from '../../policy/roles.js'
import { tenantCommand } from '../command.js'
import { assignRoles } from './assign-roles.js'
import { loadGovernable } from './load-governable.js'

/** Makes a member an admin, in place of the roles they had. For whoever ranks above admins. One who is stays one. */
export const promoteMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  async run(step, { userId }) {
    const { member } = await loadGovernable(step, userId)
    return member.roles.includes(CEILING) ? { result: member, events: [] } : assignRoles(step, member, [CEILING])
  },
})
