import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { JoinMessage } from '../../../model/join-request.js'
import type { JoinRequest } from '../../../model/join-request.js'
import { requireUserId, unauthenticated } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { roleOnJoining } from '../../steps/members/on-return.js'
import { consume } from '../../steps/rate-limits/consume.js'
import { checkPendingRequests } from '../../steps/join-requests/check-pending-requests.js'
import { findJoinable, joinNotAllowed } from '../../steps/join-requests/find-joinable.js'

/**
 * Asks those who manage a tenant to be let in: one that takes requests, or an open one that the caller may not join
 * without an approval. A tenant that is closed is one that does not exist.
 */
export const requestToJoin = globalCommand({
  input: z.strictObject({ tenantId: Id, message: JoinMessage.nullish() }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  async run(step, { tenantId, message }) {
    const { context, tx, user, now } = step
    if (!user) throw unauthenticated()
    const key = { tenantId, userId: user.id }
    const tenant = await findJoinable(tx, key)
    if (tenant.joinPolicy !== 'request' && (await roleOnJoining(step, key)) !== null)
      throw joinNotAllowed('This tenant takes no requests: join it')
    if (await tx.joinRequests.findPending(key))
      throw new TenancyError('already_requested', 'You have asked already; wait for the answer', {})
    const rejectedAt = await tx.joinRequests.lastRejectedAt(key)
    const retryAfterMs = (rejectedAt ?? -Infinity) + context.lifetimes.joinRequestCooldown - now
    if (retryAfterMs > 0)
      throw new TenancyError('recently_rejected', 'You were rejected not long ago', { retryAfterMs })
    await checkPendingRequests(context, tx, { tenant, user })
    const refusal = await consume(tx.counters, { rule: 'joinRequestPerUser', key: user.id, now })
    if (refusal) throw refusal
    const request: JoinRequest = {
      id: context.newId(),
      ...key,
      message: message ?? null,
      status: 'pending',
      createdAt: now,
      resolvedAt: null,
      decidedBy: null,
    }
    await tx.joinRequests.insert(request)
    return {
      result: request,
      events: [{ type: 'join_request.created', target: { type: 'join_request', id: request.id }, data: {} }],
    }
  },
})
