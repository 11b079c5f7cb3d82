import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayRemove } from '../../policy/authority.js'
import { tenantCommand } from '../command.js'
import { tenantsOfLoans } from '../resources/held-tenants.js'
import { depart } from './depart.js'
import { loadMember, outOfAuthority } from './load-member.js'

/** Ends somebody else's membership, and the pending invitations they sent. */
export const removeMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:remove',
  otherThanSelf: ({ userId }) => userId,
  otherTenants: (scope, { userId }) => tenantsOfLoans(scope, userId),
  async run(step, { userId }) {
    const { context, tx, tenant, tenantId, subject } = step
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayRemove(subject, target)) throw outOfAuthority()
    const { revokedInvitationIds, events } = await depart(step, { user: member.user, tenant })
    return {
      result: member,
      events: [
        {
          type: 'member.removed',
          target: { type: 'member', id: userId },
          data: { roles: member.roles, revokedInvitationIds },
        },
        ...events,
      ],
    }
  },
})
