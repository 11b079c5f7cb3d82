import { z } from 'zod'
import { isoTime, IsoTime, WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { JoinRequest, Member, pageOf } from '../schemas.js'
import { askedPage, pageQuery, toJoinRequestResponse, toMemberResponse, toPageResponse } from '../responses.js'

const tag = 'Joining'
const params = z.strictObject({ workspace_id: WireId })
const OneRequest = params.extend({ request_id: WireId })

const requestToJoin = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/join-request',
  summary: 'Ask those who manage a workspace to be let in',
  tag,
  params,
  status: 201,
  body: z.strictObject({ message: z.string().max(1000).nullish() }),
  example: { message: 'I work on the same strains.' },
  response: z.object({ id: WireId, status: z.literal('pending') }),
  async run({ as, params: { workspace_id: tenantId }, body: { message } }) {
    const { id } = await as.tenants.requestToJoin({ tenantId, message })
    return { id, status: 'pending' as const }
  },
})

const joinWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/join',
  summary: 'Become a member of an open workspace',
  tag,
  params,
  status: 201,
  response: z.object({
    workspace_id: WireId,
    user_id: WireId,
    role: z.string(),
    joined_on: IsoTime,
    active: z.boolean(),
  }),
  async run({ as, params: { workspace_id: tenantId } }) {
    const { membership } = await as.tenants.join({ tenantId })
    const { userId, roles, createdAt, active } = membership
    return { workspace_id: tenantId, user_id: userId, role: roles[0] ?? '', joined_on: isoTime(createdAt), active }
  },
})

const listRequests = defineRoute({
  method: 'GET',
  path: '/workspaces/{workspace_id}/join-requests',
  summary: 'Who asks to be let in, newest first; those who wait, unless another status is named',
  tag,
  params,
  query: z.strictObject({ ...pageQuery, status: JoinRequest.shape.status.default('pending') }),
  response: pageOf(JoinRequest),
  async run({ enter, params: { workspace_id: tenantId }, query }) {
    const page = await enter(tenantId).joinRequests.list({ ...askedPage(query), status: query.status })
    return toPageResponse(query, page, toJoinRequestResponse)
  },
})

const approveRequest = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/join-requests/{request_id}/approve',
  summary: 'Let somebody in who has asked, as a member unless a role within one’s own authority is named',
  tag,
  params: OneRequest,
  body: z.strictObject({ role: z.string().max(100).optional() }),
  example: { role: 'viewer' },
  response: Member,
  run: async ({ enter, params: { workspace_id: tenantId, request_id: joinRequestId }, body: { role } }) =>
    toMemberResponse(await enter(tenantId).joinRequests.approve({ joinRequestId, role })),
})

const rejectRequest = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/join-requests/{request_id}/reject',
  summary: 'Turn somebody away who has asked',
  tag,
  params: OneRequest,
  response: z.object({ id: WireId, status: z.literal('rejected') }),
  async run({ enter, params: { workspace_id: tenantId, request_id: joinRequestId } }) {
    await enter(tenantId).joinRequests.reject({ joinRequestId })
    return { id: joinRequestId, status: 'rejected' as const }
  },
})

export const joiningRoutes = [requestToJoin, joinWorkspace, listRequests, approveRequest, rejectRequest]
