import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { MemberListed, pageOf } from '../schemas.js'
import { askedPage, pageQuery, toListedMemberResponse, toPageResponse } from '../responses.js'

const tag = 'Members'
const params = z.strictObject({ workspace_id: WireId })

const listMembers = defineRoute({
  method: 'GET',
  path: '/workspaces/{workspace_id}/members',
  summary: 'The members of a workspace, oldest first',
  tag,
  params,
  query: z.strictObject(pageQuery),
  response: pageOf(MemberListed),
  run: async ({ enter, params: { workspace_id: tenantId }, query }) =>
    toPageResponse(query, await enter(tenantId).members.list(askedPage(query)), toListedMemberResponse),
})

const leaveWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/leave',
  summary: 'Leave a workspace; its owner hands it over first',
  tag,
  params,
  status: 204,
  response: z.void(),
  async run({ as, params: { workspace_id: tenantId } }) {
    await as.in(tenantId).members.leave()
  },
})

export const memberRoutes = [listMembers, leaveWorkspace]
