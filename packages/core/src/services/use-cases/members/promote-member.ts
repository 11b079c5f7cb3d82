import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { MAX_CUSTOM_RANK_ROLE } from '../../../policy/roles.js'
import { tenantCommand } from '../../pipeline/command.js'
import { assignRoles } from '../../steps/members/assign-roles.js'
import { loadGovernable } from '../../steps/members/load-governable.js'

/** Makes a member an admin, in place of the roles they had. For whoever ranks above admins. One who is stays one. */
export const promoteMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  async run(step, { userId }) {
    const { member } = await loadGovernable(step, userId)
    return member.roles.includes(MAX_CUSTOM_RANK_ROLE)
      ? { result: member, events: [] }
      : assignRoles(step, member, [MAX_CUSTOM_RANK_ROLE])
  },
})
