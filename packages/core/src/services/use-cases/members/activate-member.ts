import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayUnshare, mayManage } from '../../../policy/authority.js'
import { tenantCommand } from '../../pipeline/command.js'
import { loadMember, insufficientRank, customRolesOf } from '../../steps/members/load-member.js'

/**
 * Lets a deactivated member work again, with the roles and overrides from before. Only for whoever could grant all of
 * them now.
 */
export const activateMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject }, { userId }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayManage(subject, target)) throw insufficientRank()
    if (member.active) return { result: member, events: [] }
    if (!mayUnshare(subject, { roles: customRolesOf(target), granted: target.granted })) throw insufficientRank()
    await tx.memberships.update({ tenantId, userId, set: { active: true } })
    return {
      result: { ...member, active: true },
      events: [{ type: 'member.activated', target: { type: 'member', id: userId }, data: {} }],
    }
  },
})
