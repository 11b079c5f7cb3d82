import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { resolveDeclined } from '../../steps/invitations/resolve-declined.js'
import { myInvitation } from '../../steps/invitations/my-invitation.js'

/** Turns down the invitation that a tenant has sent to the caller's proven address, without the token. */
export const declineMyInvitation = globalCommand({
  input: z.strictObject({ tenantId: Id }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  run: async (step, { tenantId }) => resolveDeclined(step, (await myInvitation(step, tenantId)).invitation),
})
