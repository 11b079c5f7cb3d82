import { z } from 'zod'
import type { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Language } from '../../../model/user.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { eachAddress } from '../../steps/members/each-address.js'
import { invitableRole } from '../../steps/invitations/invitable-role.js'
import { issueInvitation } from '../../steps/invitations/issue-invitation.js'
import type { IssuedInvitation } from '../../steps/invitations/issue-invitation.js'

/** What became of one address: an invitation, or the error that refused it alone. */
export type InvitationResult =
  | ({ readonly status: 'invited'; readonly email: string } & IssuedInvitation)
  | { readonly status: 'failed'; readonly email: string; readonly error: TenancyError }

/** Invites up to 50 addresses at once; one that is refused fails alone. The same address twice is one. */
export const inviteMembers = tenantCommand({
  input: z.strictObject({
    emails: z.array(z.string().max(1000)).min(1).max(50),
    role: z.string(),
    language: Language.optional(),
  }),
  permission: 'invitation:create',
  async run(step, { emails, role: key, language = step.user?.language ?? undefined }) {
    const role = await invitableRole(step, key)
    const events: NewEvent[] = []
    const messages: EmailMessage[] = []
    const asked = emails.map((email) => ({ email }))
    const results = await eachAddress(asked, 'emails', async (email) => {
      const issued = await issueInvitation(step, { ...email, role, language: language ?? null })
      events.push(issued.event)
      messages.push(issued.mail)
      return { invitation: issued.invitation, link: issued.link }
    })
    const notified = results.map((result): InvitationResult =>
      'done' in result
        ? { status: 'invited', email: result.email, ...result.done }
        : { status: 'failed', email: result.email, error: result.error },
    )
    return { result: notified, events, emails: messages }
  },
})
