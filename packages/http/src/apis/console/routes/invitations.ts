import { z } from 'zod'
import { queryInteger, WireId } from '../../../handler/fields.js'
import { Invitation, PageFacts, Success, SUCCESS } from '../schemas.js'
import { workspaceRoute } from '../current-workspace.js'
import { toInvitationResponse, toPageResponse } from '../responses.js'

const tag = 'Invitations'
const path = '/workspaces/current/invitations'

const InvitationParams = z.strictObject({ invitation_id: WireId })

const listInvitations = workspaceRoute({
  method: 'GET',
  path,
  summary: 'The invitations of the current workspace, newest first; never a token',
  tag,
  query: z.strictObject({
    page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
    limit: queryInteger({ maximum: 100, fallback: 20 }),
    status: Invitation.shape.status.optional(),
  }),
  response: PageFacts.extend({ data: z.array(Invitation) }),
  async run({ workspace, query }) {
    const page = await workspace.invitations.list(query)
    return { data: page.items.map(toInvitationResponse), ...toPageResponse(query, page) }
  },
})

const resendInvitation = workspaceRoute({
  method: 'POST',
  path: `${path}/{invitation_id}/resend`,
  summary: 'Send a pending invitation again, with a new token and a new expiry',
  tag,
  params: InvitationParams,
  response: Success,
  async run({ workspace, params }) {
    await workspace.invitations.resend({ invitationId: params.invitation_id })
    return SUCCESS
  },
})

const revokeInvitation = workspaceRoute({
  method: 'DELETE',
  path: `${path}/{invitation_id}`,
  summary: 'Take a pending invitation back',
  tag,
  params: InvitationParams,
  response: Success,
  async run({ workspace, params }) {
    await workspace.invitations.revoke({ invitationId: params.invitation_id })
    return SUCCESS
  },
})

export const invitationRoutes = [listInvitations, resendInvitation, revokeInvitation]
