import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { TenantParams, tenantRoute, toReference } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { JoinRequest, Joined, ListedJoinRequest, Member, TenantPreview } from '../schemas.js'

const tag = 'Joining'
const OneRequest = TenantParams.extend({ joinRequestId: WireId })

const previewTenant = row({
  method: 'GET',
  path: '/tenants/{tenant}/preview',
  operationId: 'previewTenant',
  summary: 'Preview a tenant that takes join requests or is open',
  tag,
  params: TenantParams,
  response: TenantPreview,
  run: async ({ as, params }) => present(TenantPreview, await as.tenants.preview(toReference(params.tenant))),
})

const joinTenant = row({
  method: 'POST',
  path: '/tenants/{tenant}/join',
  operationId: 'joinTenant',
  summary: 'Become a member of an open tenant',
  tag,
  params: TenantParams,
  response: Joined,
  run: async ({ as, params }) => present(Joined, await as.tenants.join(toReference(params.tenant))),
})

const requestToJoin = row({
  method: 'POST',
  path: '/tenants/{tenant}/join-requests',
  operationId: 'requestToJoin',
  summary: 'Ask to join a tenant that takes join requests',
  tag,
  params: TenantParams,
  status: 201,
  body: z.strictObject({ message: z.string().max(1000).nullable().optional() }),
  example: { message: 'I work on the same accounts.' },
  response: JoinRequest,
  run: async ({ as, params, body }) =>
    present(JoinRequest, await as.tenants.requestToJoin({ ...toReference(params.tenant), ...body })),
})

const withdrawJoinRequest = row({
  method: 'POST',
  path: '/tenants/{tenant}/join-requests/withdraw',
  operationId: 'withdrawJoinRequest',
  summary: 'Withdraw the caller’s own pending join request',
  tag,
  params: TenantParams,
  status: 204,
  response: z.undefined(),
  run: async ({ as, params }) => void (await as.tenants.withdrawJoinRequest(toReference(params.tenant))),
})

const listJoinRequests = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/join-requests',
  operationId: 'listJoinRequests',
  summary: 'List join requests with who made them, newest first',
  tag,
  query: z.strictObject({ ...pageQuery, status: JoinRequest.shape.status.optional() }),
  response: pageOf(ListedJoinRequest),
  responseHeaders: PAGE_HEADERS,
  run: async ({ tenant, query }) =>
    toPageReply(query, await tenant.joinRequests.list(query), (request) => present(ListedJoinRequest, request)),
})

const approveJoinRequest = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/join-requests/{joinRequestId}/approve',
  operationId: 'approveJoinRequest',
  summary: 'Approve a join request; its author becomes a member',
  tag,
  params: OneRequest,
  body: z.strictObject({ role: z.string().max(100).optional().describe('Default `member`') }),
  example: { role: 'viewer' },
  response: Member,
  run: async ({ tenant, params, body }) =>
    present(Member, await tenant.joinRequests.approve({ joinRequestId: params.joinRequestId, ...body })),
})

const rejectJoinRequest = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/join-requests/{joinRequestId}/reject',
  operationId: 'rejectJoinRequest',
  summary: 'Reject a join request; its author cannot ask again for a while',
  tag,
  params: OneRequest,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant, params }) => void (await tenant.joinRequests.reject({ joinRequestId: params.joinRequestId })),
})

export const joiningRoutes = [
  previewTenant,
  joinTenant,
  requestToJoin,
  withdrawJoinRequest,
  listJoinRequests,
  approveJoinRequest,
  rejectJoinRequest,
]
