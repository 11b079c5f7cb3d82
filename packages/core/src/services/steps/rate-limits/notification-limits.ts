import { mailboxOf } from '../../../model/email.js'
import type { Tenant } from '../../../model/tenant.js'
import { tenantLimit } from '../../pipeline/limits.js'
import { overall, recipientOf } from './mailbox-quotas.js'
import type { EmailStep } from './consume-email-limits.js'
import { consume } from './consume.js'

/**
 * Counts one mail with a notification, and answers whether it is one too many. A person's are counted apart from other
 * mails, so that a busy tenant keeps no invitation from them.
 */
export async function consumeNotificationEmail(
  { context, tx, now }: Omit<EmailStep, 'actor'>,
  { tenant, recipient }: { readonly tenant: Tenant; readonly recipient: string },
): Promise<boolean> {
  const { emailsPerTenant, notificationEmailsPerRecipient: perRecipient, notificationEmailsPerMailbox } = context.limits
  const consumptions = [
    { rule: 'notificationEmailPerRecipient', key: recipientOf(tenant, recipient), points: perRecipient },
    {
      rule: 'notificationEmailPerMailbox',
      key: mailboxOf(recipient),
      points: overall(notificationEmailsPerMailbox, perRecipient),
    },
    { rule: 'emailPerTenant', key: tenant.id, points: tenantLimit(emailsPerTenant, tenant) },
  ] as const
  for (const { rule, key, points } of consumptions) {
    if (await consume(tx.counters, { rule, key, now, points })) return true
  }
  return false
}
