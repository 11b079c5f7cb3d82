import { versionOf } from '@tenantry/core'
import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { pageOf, toPageReply } from '../pages.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { InvitationPreview, Joined, User } from '../schemas.js'

const tag = 'Me'
const OneTenant = z.strictObject({ tenantId: WireId.describe('The ID of the tenant that invites') })

/** The confirmation that is required to change an account's email or password, or to delete the account. */
export const currentPassword = z
  .string()
  .max(1024)
  .optional()
  .describe('The caller’s own, unless they signed in within the last ten minutes')

/** The fields of an account that its user can change. */
export const profile = {
  name: wireLine(100).nullable().optional(),
  avatarUrl: z.string().max(2000).nullable().optional(),
  language: z.string().max(35).nullable().optional(),
  timeZone: z.string().max(64).nullable().optional(),
}

const getMe = row({
  method: 'GET',
  path: '/me',
  operationId: 'getMe',
  summary: 'Get the caller’s account',
  tag,
  response: User,
  responseHeaders: ETAG_HEADERS,
  async run({ as }) {
    const user = await as.users.me()
    return withETag(present(User, user), versionOf.user(user))
  },
})

const updateMe = row({
  method: 'PATCH',
  path: '/me',
  operationId: 'updateMe',
  summary: 'Change the caller’s account; a new password signs out everywhere else',
  tag,
  body: z.strictObject({
    ...profile,
    email: z.string().max(1000).optional(),
    password: z.string().min(8).max(1024).optional(),
    currentPassword,
  }),
  example: { name: 'Ann', timeZone: 'Europe/Berlin' },
  headers: ifMatch,
  response: User,
  responseHeaders: ETAG_HEADERS,
  async run({ as, headers, body }) {
    const user = await as.users.update({ ...body, ifVersion: versionIn(headers) })
    return withETag(present(User, user), versionOf.user(user))
  },
})

const deleteMe = row({
  method: 'DELETE',
  path: '/me',
  operationId: 'deleteMe',
  summary: 'Delete the caller’s account; tenants that nobody else belongs to are deleted with it',
  tag,
  status: 204,
  body: z.strictObject({ currentPassword }),
  example: {},
  response: z.undefined(),
  run: async ({ as, body }) => void (await as.users.delete(body)),
})

const getCurrentTenant = row({
  method: 'GET',
  path: '/me/current-tenant',
  operationId: 'getCurrentTenant',
  summary: 'Get the tenant that the caller works in when none is named; `null` without any',
  tag,
  response: z.object({ current: Joined.nullable() }),
  async run({ as }) {
    const current = await as.tenants.current()
    return { current: current && present(Joined, current) }
  },
})

const listMyInvitations = row({
  method: 'GET',
  path: '/me/invitations',
  operationId: 'listMyInvitations',
  summary: 'List what the caller’s proven email address is invited to, newest first',
  tag,
  response: pageOf(InvitationPreview),
  run: async ({ as }) =>
    toPageReply({}, { items: await as.invitations.listMine() }, (offer) => present(InvitationPreview, offer)),
})

const acceptMyInvitation = row({
  method: 'POST',
  path: '/me/invitations/{tenantId}/accept',
  operationId: 'acceptMyInvitation',
  summary: 'Accept the invitation of a tenant to the caller’s proven email address',
  tag,
  params: OneTenant,
  body: z.strictObject({ role: z.string().max(100).optional().describe('The role that is offered, or less') }),
  example: {},
  response: Joined,
  run: async ({ as, params, body }) => present(Joined, await as.invitations.acceptMine({ ...params, ...body })),
})

const declineMyInvitation = row({
  method: 'POST',
  path: '/me/invitations/{tenantId}/decline',
  operationId: 'declineMyInvitation',
  summary: 'Decline the invitation of a tenant to the caller’s proven email address',
  tag,
  params: OneTenant,
  status: 204,
  response: z.undefined(),
  run: async ({ as, params }) => void (await as.invitations.declineMine(params)),
})

export const meRoutes = [
  getMe,
  updateMe,
  deleteMe,
  getCurrentTenant,
  listMyInvitations,
  acceptMyInvitation,
  declineMyInvitation,
]
