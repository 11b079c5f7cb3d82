import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { tenantCommand } from '../../pipeline/command.js'
import { decisionEmail } from '../../steps/join-requests/decision-email.js'
import { loadPendingRequest } from '../../steps/join-requests/load-pending-request.js'

/** Turns somebody away who has asked to be let in; for a while they cannot ask again. They are told by mail. */
export const rejectJoinRequest = tenantCommand({
  input: z.strictObject({ joinRequestId: Id }),
  permission: 'join_request:decide',
  async run(step, { joinRequestId: id }) {
    const { tx, tenantId, now } = step
    const { userId } = await loadPendingRequest(step, id)
    await tx.joinRequests.resolve({ tenantId, id, status: 'rejected', at: now, decidedBy: step.user?.id ?? null })
    const user = await tx.users.find(userId)
    return {
      result: undefined,
      events: [{ type: 'join_request.rejected', target: { type: 'join_request', id }, data: { userId } }],
      emails: user?.status === 'active' ? await decisionEmail(step, user, { approved: false }) : [],
    }
  },
})
