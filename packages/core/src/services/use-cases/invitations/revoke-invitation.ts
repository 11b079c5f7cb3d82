import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { tenantCommand } from '../../pipeline/command.js'
import { loadInvitationOf, loadPendingInvitation } from '../../steps/invitations/load-pending-invitation.js'

/** Takes a pending invitation back, by its id or by the user who is invited; its token opens nothing any more. */
export const revokeInvitation = tenantCommand({
  input: z.union([z.strictObject({ invitationId: Id }), z.strictObject({ userId: Id })]),
  permission: 'invitation:revoke',
  async run(step, named) {
    const { tx, tenantId, now } = step
    const { id, email } = await ('userId' in named
      ? loadInvitationOf(step, named.userId)
      : loadPendingInvitation(step, named.invitationId))
    await tx.invitations.resolve({ tenantId, id, status: 'revoked', at: now })
    return {
      result: { email },
      events: [{ type: 'invitation.revoked', target: { type: 'invitation', id }, data: { email } }],
    }
  },
})
