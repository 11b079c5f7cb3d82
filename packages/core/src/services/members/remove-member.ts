import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayRemove } from '../../policy/authority.js'
import { tenantCommand } from '../command.js'
import { depart } from './depart.js'
import { loadMember, outOfAuthority } from './load-member.js'

/** Ends somebody else's membership, and the pending invitations they sent. */
export const removeMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:remove',
  otherThanSelf: ({ userId }) => userId,
  async run({ context, tx, tenantId, subject, now }, { userId }) {
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayRemove(subject, target)) throw outOfAuthority()
    const revokedInvitationIds = await depart(tx, { user: member.user, tenantId, now })
    return {
      result: member,
      events: [
        {
          type: 'member.removed',
          target: { type: 'member', id: userId },
          data: { roles: member.roles, revokedInvitationIds },
        },
      ],
    }
  },
})
