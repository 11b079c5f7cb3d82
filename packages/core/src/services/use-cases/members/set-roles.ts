import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayAssign, mayManage } from '../../../policy/authority.js'
import { tenantCommand } from '../../pipeline/command.js'
import { assignableRole } from '../../steps/roles/assignable-role.js'
import { assignRoles } from '../../steps/members/assign-roles.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'
import { RolesInput } from '../../steps/members/roles-input.js'

/** Gives a member other roles, in place of what they had. Ownership is handed over, never assigned. */
export const setRoles = tenantCommand({
  input: z.strictObject({ userId: Id, roles: RolesInput }),
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject }, { userId, roles }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayManage(subject, target)) throw insufficientRank()
    for (const key of roles) {
      const role = await assignableRole(context, tx, { tenantId, key })
      if (!member.roles.includes(key) && !mayAssign(subject, role)) throw insufficientRank()
    }
    return assignRoles({ tx }, member, roles)
  },
})
