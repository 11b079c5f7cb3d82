import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { tenantCommand } from '../../pipeline/command.js'
import { invitableRole } from '../../steps/invitations/invitable-role.js'
import { issueInvitation } from '../../steps/invitations/issue-invitation.js'
import { loadPendingInvitation } from '../../steps/invitations/load-pending-invitation.js'

/** Sends a pending invitation again with a new token and a new expiry; the earlier token is void. */
export const resendInvitation = tenantCommand({
  input: z.strictObject({ invitationId: Id }),
  permission: 'invitation:create',
  async run(step, { invitationId }) {
    const { email, emailKey, language, role } = await loadPendingInvitation(step, invitationId)
    const terms = { email, emailKey, language, role: await invitableRole(step, role) }
    const { invitation, link, event, mail } = await issueInvitation(step, terms)
    return { result: { invitation, link }, events: [event], emails: [mail] }
  },
})
