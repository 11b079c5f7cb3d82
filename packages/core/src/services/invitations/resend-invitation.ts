import { z } from 'zod'
import { Id } from '../../model/id.js'
import { tenantCommand } from '../command.js'
import { hashToken } from '../secrets.js'
import { invitableRole } from './invitable-role.js'
import { invitationMail } from './invitation-mail.js'
import { loadPendingInvitation } from './load-pending-invitation.js'

/** Sends a pending invitation again with a new token and a new expiry; the earlier token is void. */
export const resendInvitation = tenantCommand({
  input: z.strictObject({ invitationId: Id }),
  permission: 'invitation:create',
  async run(step, { invitationId: id }) {
    const { context, tx, tenantId, user, now } = step
    const pending = await loadPendingInvitation(step, id)
    const role = invitableRole(step, pending.role)
    const token = context.newToken()
    const terms = {
      role: role.key,
      inviterId: user.id,
      language: pending.language,
      expiresAt: now + context.lifetimes.invitation,
    }
    const invitation = { ...pending, ...terms }
    const mail = await invitationMail(step, invitation, token)
    await tx.invitations.renew({ tenantId, id, ...terms, tokenHash: hashToken(token) })
    return {
      result: { invitation, link: context.revealInvitationLinks ? context.invitationLink(token) : null },
      events: [
        {
          type: 'invitation.renewed',
          target: { type: 'invitation', id },
          data: { email: invitation.email, role: role.key },
        },
      ],
      mails: [mail],
    }
  },
})
