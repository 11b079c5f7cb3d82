import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf } from '../row.js'
import { RowResult, toRowResult } from '../row-results.js'
import { Invitation, IssuedInvitation } from '../schemas.js'

const tag = 'Invitations'
const params = TenantParams.extend({ invitationId: WireId })
const terms = { role: z.string().max(100), language: z.string().max(35).optional() }

const listInvitations = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/invitations',
  operationId: 'listInvitations',
  summary: 'List a tenant’s invitations, newest first',
  tag,
  query: z.strictObject({ ...pageQuery, status: Invitation.shape.status.optional() }),
  response: pageOf(Invitation),
  responseHeaders: PAGE_HEADERS,
  run: async ({ tenant, query }) =>
    toPageReply(query, await tenant.invitations.list(query), (invitation) => present(Invitation, invitation)),
})

const inviteMember = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/invitations',
  operationId: 'inviteMember',
  summary: 'Invite an email address; one that was invited before gets a new token',
  tag,
  status: 201,
  body: z.strictObject({ email: z.string().max(1000), ...terms }),
  example: { email: 'new@example.com', role: 'member' },
  response: IssuedInvitation,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const issued = await call.tenant.members.invite(call.body)
    const path = pathOf('tenants', call.params.tenant, 'invitations', issued.invitation.id)
    return created(call, path, present(IssuedInvitation, issued))
  },
})

const inviteMembers = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/invitations/bulk',
  operationId: 'inviteMembers',
  summary: 'Invite up to 50 email addresses; one that is refused fails alone',
  tag,
  body: z.strictObject({ emails: z.array(z.string().max(1000)).min(1).max(50), ...terms }),
  example: { emails: ['new@example.com'], role: 'member' },
  response: z.object({ results: z.array(RowResult) }),
  run: async ({ tenant, body }) => ({ results: (await tenant.members.inviteMany(body)).map(toRowResult) }),
})

const resendInvitation = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/invitations/{invitationId}/resend',
  operationId: 'resendInvitation',
  summary: 'Send a pending invitation again, with a new token and a new expiry',
  tag,
  params,
  response: IssuedInvitation,
  run: async ({ tenant, params }) =>
    present(IssuedInvitation, await tenant.invitations.resend({ invitationId: params.invitationId })),
})

const revokeInvitation = tenantRoute({
  method: 'DELETE',
  path: '/tenants/{tenant}/invitations/{invitationId}',
  operationId: 'revokeInvitation',
  summary: 'Revoke a pending invitation',
  tag,
  params,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant, params }) => void (await tenant.invitations.revoke({ invitationId: params.invitationId })),
})

export const invitationRoutes = [listInvitations, inviteMember, inviteMembers, resendInvitation, revokeInvitation]
