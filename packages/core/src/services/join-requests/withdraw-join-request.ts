import { z } from 'zod'
import { Id } from '../../model/id.js'
import { requireUserId } from '../actor.js'
import { directoryCommand } from '../command.js'
import { joinRequestNotFound } from './load-pending-request.js'

/** Takes one's own pending request back. */
export const withdrawJoinRequest = directoryCommand({
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
    await tx.joinRequests.settle({ tenantId, id, status: 'withdrawn', at: now, decidedBy: null })
    return {
      result: undefined,
      events: [{ type: 'join_request.withdrawn', target: { type: 'join_request', id }, data: {} }],
    }
  },
})
