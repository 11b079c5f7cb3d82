import { z } from 'zod'
import { isTenancyError, TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import { parseEmail } from '../../model/email.js'
import { Language } from '../../model/user.js'
import { tenantCommand } from '../command.js'
import type { Mail } from '../mails/mail.js'
import { invitableRole } from './invitable-role.js'
import { issueInvitation } from './issue-invitation.js'
import type { IssuedInvitation } from './issue-invitation.js'

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
  async run(step, { emails, role: key, language = step.user.language ?? undefined }) {
    const role = await invitableRole(step, key)
    const results: InvitationResult[] = []
    const events: NewEvent[] = []
    const mails: Mail[] = []
    const seen = new Set<string>()
    for (const text of emails) {
      const email = parseEmail(text)
      const label = email?.emailKey ?? text
      if (seen.has(label)) continue
      seen.add(label)
      try {
        if (!email) throw new TenancyError('invalid_email', 'This is no email address', { field: 'emails' })
        const issued = await issueInvitation(step, { ...email, role, language: language ?? null })
        const { invitation, link } = issued
        results.push({ status: 'invited', email: email.email, invitation, link })
        events.push(issued.event)
        mails.push(issued.mail)
      } catch (error) {
        if (!isTenancyError(error)) throw error
        results.push({ status: 'failed', email: email?.email ?? text, error })
      }
    }
    return { result: results, events, mails }
  },
})
