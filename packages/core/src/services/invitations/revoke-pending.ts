import type { Transaction } from '../../storage/port.js'

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
  await tx.invitations.settle({ tenantId, id: pending.id, status: 'revoked', at: now })
  return [pending.id]
}
