import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { requireUserId, unauthenticated } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { revokePendingOf } from '../../steps/invitations/revoke-pending.js'
import { findJoinable, joinNotAllowed } from '../../steps/join-requests/find-joinable.js'
import { insertMembership } from '../../steps/members/insert-membership.js'
import { roleOnJoining } from '../../steps/members/on-return.js'
import { findRole } from '../../steps/roles/find-role.js'

/**
 * Makes the caller a member of a tenant that is open to everybody. Whoever was a member before comes back to at most
 * what they had; who was removed needs an approval.
 */
export const joinTenant = globalCommand({
  input: z.strictObject({ tenantId: Id }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  async run(step, { tenantId }) {
    const { tx, user } = step
    if (!user) throw unauthenticated()
    const tenant = await findJoinable(tx, { tenantId, userId: user.id })
    if (tenant.joinPolicy !== 'open') throw joinNotAllowed('This tenant is joined on request')
    const key = await roleOnJoining(step, { tenantId, userId: user.id })
    const role = key === null ? null : await findRole(step.context, tx, { tenantId, key })
    if (!role) throw joinNotAllowed('You were a member before, and need an approval: ask to be let in')
    const membership = await insertMembership(step, { tenant, user, role, invitedBy: null, grantor: null })
    const revokedInvitationIds = await revokePendingOf(step, { tenantId, user })
    const data = { role: role.key, via: 'open', revokedInvitationIds } as const
    return {
      result: { tenant, membership },
      events: [{ type: 'member.joined', target: { type: 'member', id: user.id }, data }],
    }
  },
})
