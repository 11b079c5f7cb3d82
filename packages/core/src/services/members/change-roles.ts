import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayAssign, mayManage } from '../../policy/authority.js'
import { tenantCommand } from '../command.js'
import { assignableRole } from '../roles/assignable-role.js'
import { assignRoles } from './assign-roles.js'
import { loadMember, outOfAuthority } from './load-member.js'
import { RolesInput } from './roles-input.js'

/** Gives a member other roles, in place of what they had. Ownership is handed over, never assigned. */
export const changeRoles = tenantCommand({
  input: z.strictObject({ userId: Id, roles: RolesInput }),
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject }, { userId, roles }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayManage(subject, target)) throw outOfAuthority()
    for (const key of roles) {
      const role = await assignableRole(context, tx, { tenantId, key })
      if (!member.roles.includes(key) && !mayAssign(subject, role)) throw outOfAuthority()
    }
    return assignRoles({ tx }, member, roles)
  },
})
