import { mailboxOf } from '../../../model/email.js'
import type { Tenant } from '../../../model/tenant.js'
import type { Transaction } from '../../../storage/port.js'
import type { Actor } from '../../pipeline/actor.js'
import type { Context } from '../../pipeline/context.js'
import { tenantLimit } from '../../pipeline/limits.js'
import { networkOf } from '../../pipeline/network.js'
import { overall, recipientOf } from './mailbox-quotas.js'
import { consume } from './consume.js'

/** The part of a command's step that mail limits need. */
export interface EmailStep {
  readonly context: Pick<Context, 'limits'>
  readonly actor: Actor
  readonly tx: Pick<Transaction, 'counters'>
  readonly now: number
}

interface EmailCause {
  readonly tenant: Tenant
  /** The recipient's email key; without one, that limit is not counted. */
  readonly recipient?: string
}

/**
 * Counts one mail against the host's limits, within the command that causes it: a command that fails has sent nothing
 * and counts nothing. Rejects with `email_limit_exceeded`. The caller's own limits come first, and no tenant alone can use
 * up what one mailbox gets from all of them.
 */
export async function consumeEmailLimits({ context, actor, tx, now }: EmailStep, cause: EmailCause): Promise<void> {
  const { emailsPerIp, emailsPerTenant, emailsPerRecipient, emailsPerMailbox } = context.limits
  const { tenant, recipient } = cause
  const consumptions = [
    { rule: 'emailPerIp', key: networkOf(actor), points: emailsPerIp },
    { rule: 'emailPerTenant', key: tenant.id, points: tenantLimit(emailsPerTenant, tenant) },
    { rule: 'emailPerRecipient', key: recipient && recipientOf(tenant, recipient), points: emailsPerRecipient },
    {
      rule: 'emailPerMailbox',
      key: recipient && mailboxOf(recipient),
      points: overall(emailsPerMailbox, emailsPerRecipient),
    },
  ] as const
  for (const { rule, key, points } of consumptions) {
    if (typeof key !== 'string') continue
    const refusal = await consume(tx.counters, { rule, key, now, points })
    if (refusal) throw refusal
  }
}
