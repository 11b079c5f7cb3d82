import type { Invitation } from '../../../model/invitation.js'
import type { User } from '../../../model/user.js'
import type { Role } from '../../../policy/policy.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { roleName } from '../emails/role-name.js'
import { consumeEmailLimits } from '../rate-limits/consume-email-limits.js'

interface Invited {
  readonly invitation: Invitation
  readonly inviter: Pick<User, 'name' | 'email'>
  readonly role: Role
  readonly token: string
}

/** The mail that carries an invitation's token, within the limits on mails. */
export async function invitationEmail(
  step: TenantStep,
  { invitation, inviter, role, token }: Invited,
): Promise<EmailMessage<'invitation'>> {
  const { context, tenant } = step
  await consumeEmailLimits(step, { tenant, recipient: invitation.emailKey })
  return {
    kind: 'invitation',
    to: invitation.email,
    language: invitation.language,
    data: {
      tenantName: tenant.name,
      inviterName: inviter.name ?? inviter.email,
      role: roleName(role, invitation.language),
      link: context.invitationLink(token),
      expiresAt: invitation.expiresAt,
    },
  }
}
