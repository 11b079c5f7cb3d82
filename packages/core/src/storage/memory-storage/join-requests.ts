import type { JoinRequest } from '../../model/join-request.js'
import type { JoinRequestFilter, JoinRequestReads, JoinRequestRepository } from '../join-request-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

export function joinRequestReads({ joinRequests, joinRequestByUser, tenants, users }: Tables): JoinRequestReads {
  const matching = ({ tenantId, status }: JoinRequestFilter) =>
    joinRequests.rows(tenantId).filter((request) => status === undefined || request.status === status)
  const ofUser = (tenantId: string, userId: string) =>
    joinRequests.rows(tenantId).filter((request) => request.userId === userId)
  const position = ({ createdAt, id }: JoinRequest) => ({ at: createdAt, id })

  return {
    find: async ({ tenantId, id }) => joinRequests.get(tenantId, id) ?? null,
    findPending: async ({ tenantId, userId }) =>
      ofUser(tenantId, userId).find(({ status }) => status === 'pending') ?? null,
    lastRejectedAt: async ({ tenantId, userId }) =>
      ofUser(tenantId, userId)
        .filter(({ status }) => status === 'rejected')
        .reduce<number | null>((last, { resolvedAt }) => Math.max(last ?? 0, resolvedAt ?? 0), null),
    list: async ({ page, ...filter }) =>
      takePage(matching(filter), page, 'newest', position).flatMap((request) => {
        const user = users.get(everywhere, request.userId)
        return user ? [{ ...request, user }] : []
      }),
    count: async (filter) => matching(filter).length,
    countPendingByUser: async (userId) =>
      joinRequestByUser
        .rows(userId)
        .filter(({ tenantId, id }) => joinRequests.get(tenantId, id)?.status === 'pending')
        .filter(({ tenantId }) => tenants.get(everywhere, tenantId)?.status !== 'deleted').length,
  }
}

export function joinRequestRepository(draft: Draft): JoinRequestRepository {
  const { joinRequests, joinRequestByUser } = draft.tables
  const reads = joinRequestReads(draft.tables)
  const place = ({ tenantId, id }: { readonly tenantId: string; readonly id: string }) => `${tenantId} ${id}`

  return {
    ...reads,
    async insert(request) {
      const { tenantId, id, userId, status } = request
      if (status === 'pending' && (await reads.findPending(request))) draft.refuse('join_request.pending')
      joinRequests.set(tenantId, id, keep(request))
      joinRequestByUser.set(userId, place(request), { tenantId, id })
    },
    async resolve({ tenantId, id, status, at, decidedBy }) {
      const request = joinRequests.get(tenantId, id)
      if (request?.status !== 'pending') return false
      joinRequests.set(tenantId, id, keep({ ...request, status, resolvedAt: at, decidedBy }))
      return true
    },
    async deleteByUser(userId) {
      const theirs = joinRequestByUser.rows(userId)
      for (const key of theirs) {
        joinRequests.remove(key.tenantId, key.id)
        joinRequestByUser.remove(userId, place(key))
      }
      return theirs.length
    },
  }
}
