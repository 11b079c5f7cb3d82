import type { Invitation } from '../../model/invitation.js'
import type { Role } from '../../policy/policy.js'
import type { TenantStep } from '../command.js'
import type { Mail } from '../mails/mail.js'
import { spendMailLimits } from '../rate-limits/spend-mail-limits.js'

/** The mail that carries an invitation's token, within the limits on mails. */
export async function invitationMail(
  step: TenantStep,
  { invitation, role, token }: { readonly invitation: Invitation; readonly role: Role; readonly token: string },
): Promise<Mail<'invitation'>> {
  const { context, tenant, user } = step
  await spendMailLimits(step, { tenant, recipient: invitation.emailKey })
  return {
    kind: 'invitation',
    to: invitation.email,
    language: invitation.language,
    data: {
      tenantName: tenant.name,
      inviterName: user.name ?? user.email,
      role: role.name,
      link: context.invitationLink(token),
      expiresAt: invitation.expiresAt,
    },
  }
}
