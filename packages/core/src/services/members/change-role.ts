import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayAssign, mayManage } from '../../policy/authority.js'
import { tenantCommand } from '../command.js'
import { assignableRole } from './assignable-role.js'
import { loadMember, outOfAuthority } from './load-member.js'

/** Gives a member another role, in place of what they had. Ownership is handed over, never assigned. */
export const changeRole = tenantCommand({
  input: z.strictObject({ userId: Id, role: z.string() }),
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject }, { userId, role: key }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayManage(subject, target)) throw outOfAuthority()
    const role = assignableRole(context.policy, key)
    if (!mayAssign(subject, role)) throw outOfAuthority()
    const roles = [role.key]
    const unchanged = member.roles.length === 1 && member.roles[0] === role.key
    if (unchanged) return { result: member, events: [] }
    await tx.memberships.update({ tenantId, userId, set: { roles } })
    return {
      result: { ...member, roles },
      events: [
        {
          type: 'member.role_changed',
          target: { type: 'member', id: userId },
          data: { from: member.roles, to: roles },
        },
      ],
    }
  },
})
