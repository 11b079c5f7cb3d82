import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { joinRequestNotFound } from '../../steps/join-requests/load-pending-request.js'

/** Takes one's own pending request back. */
export const withdrawJoinRequest = globalCommand({
  input: z.strictObject({ tenantId: Id }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  async run({ tx, actor, now }, { tenantId }) {
    const tenant = await tx.tenants.find(tenantId)
    const request = await tx.joinRequests.findPending({ tenantId, userId: requireUserId(actor) })
    if (!request || !tenant || tenant.status === 'deleted') throw joinRequestNotFound()
    const { id } = request
    await tx.joinRequests.resolve({ tenantId, id, status: 'withdrawn', at: now, decidedBy: null })
    return {
      result: undefined,
      events: [{ type: 'join_request.withdrawn', target: { type: 'join_request', id }, data: {} }],
    }
  },
})
