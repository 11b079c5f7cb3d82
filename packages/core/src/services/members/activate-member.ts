import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayManage } from '../../policy/authority.js'
import { tenantCommand } from '../command.js'
import { loadMember, outOfAuthority } from './load-member.js'

/** Lets a deactivated member work again, with the role and overrides from before. */
export const activateMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject }, { userId }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayManage(subject, target)) throw outOfAuthority()
    if (member.active) return { result: member, events: [] }
    await tx.memberships.update({ tenantId, userId, set: { active: true } })
    return {
      result: { ...member, active: true },
      events: [{ type: 'member.activated', target: { type: 'member', id: userId }, data: {} }],
    }
  },
})
