import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayRemove } from '../../../policy/authority.js'
import { isOwnerOf } from '../../../policy/invariants.js'
import { tenantCommand } from '../../pipeline/command.js'
import { endMembership } from '../../steps/members/end-membership.js'
import { ownerRequired } from '../../steps/members/load-governable.js'
import { loadMember, insufficientRank } from '../../steps/members/load-member.js'
import { tenantsOfShares } from '../../steps/resources/locked-tenants.js'

/**
 * Ends a membership, and revokes the pending invitations that the member sent. A caller removes themselves only with
 * `allowSelf: true`; then the owner is refused by `owner_required`, so that somebody who can manage the tenant remains.
 */
export const removeMember = tenantCommand({
  input: z.strictObject({
    userId: Id,
    /** Whether the caller may be the member. Default `false`: `members.leave` is the call for that. */
    allowSelf: z.boolean().default(false),
  }),
  permission: 'member:remove',
  otherThanSelf: ({ userId, allowSelf }) => (allowSelf ? null : userId),
  otherTenants: (scope, { userId }) => tenantsOfShares(scope, userId),
  async run(step, { userId, allowSelf }) {
    const { context, tx, tenant, tenantId, subject } = step
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (allowSelf && isOwnerOf(tenant, userId)) throw ownerRequired()
    if (!mayRemove(subject, target)) throw insufficientRank()
    return endMembership(step, member)
  },
})
