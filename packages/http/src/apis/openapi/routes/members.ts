import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { Member, pageOf, Success, SUCCESS } from '../schemas.js'
import { pageQuery, toMemberResponse, toPageResponse } from '../responses.js'
import { InWorkspace } from './workspaces.js'

const tag = 'Members'
const path = '/workspaces/{workspace_id}/members'
const OneMember = InWorkspace.extend({ member_id: WireId })
const RoleName = z.string().max(100)

const listMembers = defineRoute({
  method: 'GET',
  path,
  summary: 'The members of a workspace, oldest first',
  tag,
  params: InWorkspace,
  query: z.strictObject(pageQuery),
  response: pageOf(Member),
  run: async ({ enter, params, query }) =>
    toPageResponse(query, await enter(params.workspace_id).members.list(query), toMemberResponse),
})

const inviteMember = defineRoute({
  method: 'POST',
  path,
  summary: 'Invite somebody by address',
  tag,
  status: 201,
  params: InWorkspace,
  body: z.strictObject({ email: z.string().max(1000), role: RoleName }),
  example: { email: 'newcomer@example.com', role: 'editor' },
  // `invite_url` is null if the host only sends links by email.
  response: Success.extend({
    email: z.string(),
    role: z.string(),
    invite_url: z.string().nullable(),
    tenant_id: WireId,
  }),
  async run({ enter, params: { workspace_id: tenantId }, body }) {
    const { invitation, link } = await enter(tenantId).members.invite(body)
    return { ...SUCCESS, email: invitation.email, role: invitation.role, invite_url: link, tenant_id: tenantId }
  },
})

const changeRole = defineRoute({
  method: 'PATCH',
  path: `${path}/{member_id}`,
  summary: 'Give a member another role; ownership is handed over, never assigned',
  tag,
  params: OneMember,
  body: z.strictObject({ role: RoleName }),
  example: { role: 'viewer' },
  response: Success,
  async run({ enter, params, body }) {
    await enter(params.workspace_id).members.setRoles({ userId: params.member_id, roles: [body.role] })
    return SUCCESS
  },
})

const removeMember = defineRoute({
  method: 'DELETE',
  path: `${path}/{member_id}`,
  summary: 'Remove a member',
  tag,
  params: OneMember,
  response: Success,
  async run({ enter, params }) {
    await enter(params.workspace_id).members.remove({ userId: params.member_id })
    return SUCCESS
  },
})

export const memberRoutes = [listMembers, inviteMember, changeRole, removeMember]
