import { z } from 'zod'
import { Id } from '../../model/id.js'
import { requireUserId } from '../actor.js'
import { directoryCommand } from '../command.js'
import { settleDeclined } from './decline-invitation.js'
import { ownInvitation } from './own-invitation.js'

/** Turns down the invitation that a tenant has sent to the caller's proven address, without the token. */
export const declineOwnInvitation = directoryCommand({
  input: z.strictObject({ tenantId: Id }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  run: async (step, { tenantId }) => settleDeclined(step, (await ownInvitation(step, tenantId)).invitation),
})
