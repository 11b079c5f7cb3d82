import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayRemove } from '../../../policy/authority.js'
import { isOwnerOf } from '../../../policy/invariants.js'
import { tenantCommand } from '../../pipeline/command.js'
import { tenantsOfShares } from '../../steps/resources/locked-tenants.js'
import { endMembership } from '../../steps/members/end-membership.js'
import { ownerRequired } from '../../steps/members/load-governable.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'

/**
 * Ends a membership, one's own included, for whoever may remove members. The owner stays, so that somebody who may
 * manage always remains.
 */
export const dismissMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:remove',
  otherTenants: (scope, { userId }) => tenantsOfShares(scope, userId),
  async run(step, { userId }) {
    const { context, tx, tenant, tenantId, subject } = step
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (isOwnerOf(tenant, userId)) throw ownerRequired()
    if (!mayRemove(subject, target)) throw insufficientRank()
    return endMembership(step, member)
  },
})
