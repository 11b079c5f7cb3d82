import { z } from 'zod'
import { Id } from '../../model/id.js'
import { tenantCommand } from '../command.js'
import { decisionMail } from './decision-mail.js'
import { loadPendingRequest } from './load-pending-request.js'

/** Turns somebody away who has asked to be let in; for a while they cannot ask again. They are told by mail. */
export const rejectJoinRequest = tenantCommand({
  input: z.strictObject({ joinRequestId: Id }),
  permission: 'join_request:decide',
  async run(step, { joinRequestId: id }) {
    const { tx, tenantId, now } = step
    const { userId } = await loadPendingRequest(step, id)
    await tx.joinRequests.settle({ tenantId, id, status: 'rejected', at: now, decidedBy: step.user?.id ?? null })
    const user = await tx.users.find(userId)
    return {
      result: undefined,
      events: [{ type: 'join_request.rejected', target: { type: 'join_request', id }, data: { userId } }],
      mails: user?.status === 'active' ? await decisionMail(step, user, { approved: false }) : [],
    }
  },
})
