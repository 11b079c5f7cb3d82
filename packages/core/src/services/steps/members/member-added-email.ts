import type { NewEvent } from '../../../events.js'
import type { User } from '../../../model/user.js'
import type { Role } from '../../../policy/policy.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { roleName } from '../emails/role-name.js'
import { issueActivation } from '../users/activation.js'

interface MemberAddedEmail {
  readonly mail: EmailMessage<'added'>
  readonly events: readonly NewEvent[]
}

/** Who added them. An operator acts for the tenant, and goes unnamed. */
function inviterName({ tenant, user, membership }: TenantStep): string {
  return user && membership ? (user.name ?? user.email) : tenant.name
}

/** Tells somebody that they were made a member. An account without a password gets its way in with it. */
export async function memberAddedEmail(
  step: TenantStep,
  { user, roles }: { readonly user: User; readonly roles: readonly Role[] },
): Promise<MemberAddedEmail> {
  const issued = await issueActivation(step, user)
  return {
    mail: {
      kind: 'added',
      to: user.email,
      language: user.language,
      data: {
        tenantName: step.tenant.name,
        inviterName: inviterName(step),
        roles: roles.map((role) => roleName(role, user.language)),
        activation: issued && { link: issued.link, expiresAt: issued.expiresAt },
      },
    },
    events: issued ? [issued.event] : [],
  }
}
