import { TenancyError } from '../../../errors.js'
import { mailboxOf } from '../../../model/email.js'
import type { TenantStep } from '../../pipeline/command.js'

/** Whoever has just said no is left alone for a while, at any address of their mailbox. */
export async function refuseRecentlyDeclined(
  { context, tx, tenantId, now }: TenantStep,
  emailKey: string,
): Promise<void> {
  const declinedAt = await tx.invitations.lastDeclinedAt({ tenantId, mailbox: mailboxOf(emailKey) })
  const retryAfterMs = (declinedAt ?? -Infinity) + context.lifetimes.inviteCooldown - now
  if (retryAfterMs <= 0) return
  throw new TenancyError('recently_declined', 'This person declined not long ago', { retryAfterMs })
}
