import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayRemove } from '../../../policy/authority.js'
import { tenantCommand } from '../../pipeline/command.js'
import { tenantsOfShares } from '../../steps/resources/locked-tenants.js'
import { endMembership } from '../../steps/members/end-membership.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'

/** Ends somebody else's membership, and the pending invitations they sent. */
export const removeMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:remove',
  otherThanSelf: ({ userId }) => userId,
  otherTenants: (scope, { userId }) => tenantsOfShares(scope, userId),
  async run(step, { userId }) {
    const { context, tx, tenantId, subject } = step
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayRemove(subject, target)) throw insufficientRank()
    return endMembership(step, member)
  },
})
