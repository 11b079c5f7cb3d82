import { isTenancyError } from '../../../errors.js'
import type { User } from '../../../model/user.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { consumeEmailLimits } from '../rate-limits/consume-email-limits.js'

/** The mail that tells what became of a request. A decision stands also when the limits on mails leave it untold. */
export async function decisionEmail(
  step: TenantStep,
  { email: to, emailKey, language }: User,
  { approved }: { readonly approved: boolean },
): Promise<readonly EmailMessage<'join_decided'>[]> {
  const { tenant } = step
  try {
    await consumeEmailLimits(step, { tenant, recipient: emailKey })
  } catch (error) {
    if (isTenancyError(error, 'email_limit_exceeded')) return []
    throw error
  }
  return [{ kind: 'join_decided', to, language, data: { tenantName: tenant.name, approved } }]
}
