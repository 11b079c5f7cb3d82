import type { Transaction } from '../../storage/port.js'

/** Ends a membership. Whoever leaves, leaves no usable invitation of theirs. */
export async function depart(
  tx: Transaction,
  { tenantId, userId, now }: { readonly tenantId: string; readonly userId: string; readonly now: number },
): Promise<readonly string[]> {
  await tx.memberships.delete({ tenantId, userId })
  return tx.invitations.revokeByInviter({ tenantId, inviterId: userId, at: now })
}
