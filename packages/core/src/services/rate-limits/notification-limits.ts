import { mailboxOf } from '../../model/email.js'
import type { Tenant } from '../../model/tenant.js'
import { tenantLimit } from '../limits.js'
import { overall, recipientOf } from './mailbox-quotas.js'
import type { MailStep } from './spend-mail-limits.js'
import { spend } from './spend.js'

/**
 * Counts one mail with a notification, and answers whether it is one too many. A person's are counted apart from other
 * mails, so that a busy tenant keeps no invitation from them.
 */
export async function spendNotificationMail(
  { context, tx, now }: Omit<MailStep, 'actor'>,
  { tenant, recipient }: { readonly tenant: Tenant; readonly recipient: string },
): Promise<boolean> {
  const { mailsPerTenant, notificationMailsPerRecipient: perRecipient, notificationMailsPerMailbox } = context.limits
  const spendings = [
    { rule: 'notificationMailPerRecipient', key: recipientOf(tenant, recipient), points: perRecipient },
    {
      rule: 'notificationMailPerMailbox',
      key: mailboxOf(recipient),
      points: overall(notificationMailsPerMailbox, perRecipient),
    },
    { rule: 'mailPerTenant', key: tenant.id, points: tenantLimit(mailsPerTenant, tenant) },
  ] as const
  for (const { rule, key, points } of spendings) {
    if (await spend(tx.counters, { rule, key, now, points })) return true
  }
  return false
}
