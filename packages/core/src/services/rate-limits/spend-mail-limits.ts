import { mailboxOf } from '../../model/email.js'
import type { Tenant } from '../../model/tenant.js'
import type { Transaction } from '../../storage/port.js'
import type { Actor } from '../actor.js'
import type { Context } from '../context.js'
import { tenantLimit } from '../limits.js'
import { networkOf } from '../network.js'
import { overall, recipientOf } from './mailbox-quotas.js'
import { spend } from './spend.js'

/** The part of a command's step that mail limits need. */
export interface MailStep {
  readonly context: Pick<Context, 'limits'>
  readonly actor: Actor
  readonly tx: Pick<Transaction, 'counters'>
  readonly now: number
}

interface MailCause {
  readonly tenant: Tenant
  /** The recipient's email key; without one, that limit is not counted. */
  readonly recipient?: string
}

/**
 * Counts one mail against the host's limits, within the command that causes it: a command that fails has sent nothing
 * and counts nothing. Rejects with `mail_limit_exceeded`. The caller's own limits come first, and no tenant alone can use
 * up what one mailbox gets from all of them.
 */
export async function spendMailLimits({ context, actor, tx, now }: MailStep, cause: MailCause): Promise<void> {
  const { mailsPerIp, mailsPerTenant, mailsPerRecipient, mailsPerMailbox } = context.limits
  const { tenant, recipient } = cause
  const spendings = [
    { rule: 'mailPerIp', key: networkOf(actor), points: mailsPerIp },
    { rule: 'mailPerTenant', key: tenant.id, points: tenantLimit(mailsPerTenant, tenant) },
    { rule: 'mailPerRecipient', key: recipient && recipientOf(tenant, recipient), points: mailsPerRecipient },
    {
      rule: 'mailPerMailbox',
      key: recipient && mailboxOf(recipient),
      points: overall(mailsPerMailbox, mailsPerRecipient),
    },
  ] as const
  for (const { rule, key, points } of spendings) {
    if (typeof key !== 'string') continue
    const refusal = await spend(tx.counters, { rule, key, now, points })
    if (refusal) throw refusal
  }
}
