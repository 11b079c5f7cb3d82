import { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { wireLine } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { InvitationPreview, Joined, SignedIn } from '../schemas.js'

const tag = 'Invitations'
const body = z.strictObject({ token: z.string().max(200) })
const example = { token: SAMPLE.token }

const previewInvitation = row({
  method: 'POST',
  path: '/invitations/preview',
  operationId: 'previewInvitation',
  summary: 'Preview what the holder of a token is invited to',
  tag,
  public: true,
  body,
  example,
  response: InvitationPreview,
  async run({ as, body }) {
    const preview = await as.invitations.preview(body)
    if (preview === null) throw new TenancyError('invalid_token', 'The token is wrong, was used, or has expired', {})
    return present(InvitationPreview, preview)
  },
})

const acceptInvitation = row({
  method: 'POST',
  path: '/invitations/accept',
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation by its token, signed in with the invited address',
  tag,
  body,
  example,
  response: Joined,
  run: async ({ as, body }) => present(Joined, await as.invitations.accept(body)),
})

const declineInvitation = row({
  method: 'POST',
  path: '/invitations/decline',
  operationId: 'declineInvitation',
  summary: 'Decline an invitation by its token',
  tag,
  public: true,
  body,
  example,
  status: 204,
  response: z.undefined(),
  run: async ({ as, body }) => void (await as.invitations.decline(body)),
})

/** Signs up a new user. Only with built-in accounts. */
export const profile = {
  name: wireLine(100).optional(),
  language: z.string().max(35).optional().describe('Such as `en-US`'),
  timeZone: z.string().max(64).optional().describe('Such as `Europe/Berlin`'),
}

export const signUpByInvitation = row({
  method: 'POST',
  path: '/invitations/sign-up',
  operationId: 'signUpByInvitation',
  summary: 'Accept an invitation with a new account for the invited address, and sign in',
  tag,
  public: true,
  status: 201,
  body: body.extend({ password: z.string().min(8).max(1024).optional(), ...profile }),
  example: { token: SAMPLE.token, name: 'Ann', password: SAMPLE.password },
  response: SignedIn.extend(Joined.shape),
  run: async ({ as, body }) => present(SignedIn.extend(Joined.shape), await as.invitations.signUp(body)),
})

export const invitationTokenRoutes = [previewInvitation, acceptInvitation, declineInvitation]
