import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayManage } from '../../../policy/authority.js'
import { tenantCommand } from '../../pipeline/command.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'

/** Refuses a member everywhere in the tenant, at once, until activated again; revokes the invitations they sent. */
export const deactivateMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:assign',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject, now }, { userId }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayManage(subject, target)) throw insufficientRank()
    if (!member.active) return { result: member, events: [] }
    await tx.memberships.update({ tenantId, userId, set: { active: false } })
    const revokedInvitationIds = await tx.invitations.revokeByInviter({ tenantId, inviterId: userId, at: now })
    return {
      result: { ...member, active: false },
      events: [{ type: 'member.deactivated', target: { type: 'member', id: userId }, data: { revokedInvitationIds } }],
    }
  },
})
