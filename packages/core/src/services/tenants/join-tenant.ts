import { z } from 'zod'
import { Id } from '../../model/id.js'
import { requireUserId, unauthenticated } from '../actor.js'
import { directoryCommand } from '../command.js'
import { revokePendingOf } from '../invitations/revoke-pending.js'
import { JOINED_AS } from '../join-requests/approve-join-request.js'
import { findEnterable, joinNotAllowed } from '../join-requests/find-enterable.js'
import { admitMember } from '../members/admit-member.js'

/** Makes the caller a member of a tenant that is open to everybody. */
export const joinTenant = directoryCommand({
  input: z.strictObject({ tenantId: Id }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  async run(step, { tenantId }) {
    const { tx, user } = step
    if (!user) throw unauthenticated()
    const tenant = await findEnterable(tx, { tenantId, userId: user.id })
    if (tenant.joinPolicy !== 'open') throw joinNotAllowed('This tenant is joined on request')
    const membership = await admitMember(step, { tenant, user, role: JOINED_AS, invitedBy: null })
    const revokedInvitationIds = await revokePendingOf(step, { tenantId, user })
    const data = { role: JOINED_AS, via: 'open', revokedInvitationIds } as const
    return {
      result: { tenant, membership },
      events: [{ type: 'member.joined', target: { type: 'member', id: user.id }, data }],
    }
  },
})
