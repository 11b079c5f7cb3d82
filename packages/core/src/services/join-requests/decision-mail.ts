import { isTenancyError } from '../../errors.js'
import type { User } from '../../model/user.js'
import type { TenantStep } from '../command.js'
import type { Mail } from '../mails/mail.js'
import { spendMailLimits } from '../rate-limits/spend-mail-limits.js'

/** The mail that tells what became of a request. A decision stands also when the limits on mails leave it untold. */
export async function decisionMail(
  step: TenantStep,
  { email: to, emailKey, language }: User,
  { approved }: { readonly approved: boolean },
): Promise<readonly Mail<'join_decided'>[]> {
  const { tenant } = step
  try {
    await spendMailLimits(step, { tenant, recipient: emailKey })
  } catch (error) {
    if (isTenancyError(error, 'mail_limit_exceeded')) return []
    throw error
  }
  return [{ kind: 'join_decided', to, language, data: { tenantName: tenant.name, approved } }]
}
