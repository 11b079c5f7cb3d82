import { z } from 'zod'
import { Id } from '../../model/id.js'
import { tenantCommand } from '../command.js'
import { loadPendingInvitation } from './load-pending-invitation.js'

/** Takes a pending invitation back; its token opens nothing any more. */
export const revokeInvitation = tenantCommand({
  input: z.strictObject({ invitationId: Id }),
  permission: 'invitation:revoke',
  async run(step, { invitationId: id }) {
    const { tx, tenantId, now } = step
    const { email } = await loadPendingInvitation(step, id)
    await tx.invitations.settle({ tenantId, id, status: 'revoked', at: now })
    return {
      result: undefined,
      events: [{ type: 'invitation.revoked', target: { type: 'invitation', id }, data: { email } }],
    }
  },
})
