import { z } from 'zod'
import { EmailInput } from '../../../model/email.js'
import { Language } from '../../../model/user.js'
import { tenantCommand } from '../../pipeline/command.js'
import { invitableRole } from '../../steps/invitations/invitable-role.js'
import { issueInvitation } from '../../steps/invitations/issue-invitation.js'

/** Invites one person by address. An address invited before gets a new token, and the earlier one is void. */
export const inviteMember = tenantCommand({
  input: z.strictObject({ email: EmailInput, role: z.string(), language: Language.optional() }),
  permission: 'invitation:create',
  async run(step, { email, role, language }) {
    const terms = { ...email, role: await invitableRole(step, role), language: language ?? step.user?.language ?? null }
    const { invitation, link, event, mail } = await issueInvitation(step, terms)
    return { result: { invitation, link }, events: [event], emails: [mail] }
  },
})
