import type { User } from '../../../model/user.js'
import type { Transaction } from '../../../storage/port.js'

/**
 * Ends the invitation of somebody who has become a member without it: nobody accepted it, and it must not open anything
 * any more. Answers the ids of those that were ended.
 */
export async function revokePending(
  { tx, now }: { readonly tx: Pick<Transaction, 'invitations'>; readonly now: number },
  { tenantId, emailKey }: { readonly tenantId: string; readonly emailKey: string },
): Promise<readonly string[]> {
  const pending = await tx.invitations.findPending({ tenantId, emailKey })
  if (!pending) return []
  await tx.invitations.resolve({ tenantId, id: pending.id, status: 'revoked', at: now })
  return [pending.id]
}

/** The same for somebody who came by themselves: an address that is not proven theirs may be another's, and invited. */
export async function revokePendingOf(
  step: Parameters<typeof revokePending>[0],
  { tenantId, user }: { readonly tenantId: string; readonly user: User },
): Promise<readonly string[]> {
  return user.emailVerifiedAt === null ? [] : revokePending(step, { tenantId, emailKey: user.emailKey })
}
