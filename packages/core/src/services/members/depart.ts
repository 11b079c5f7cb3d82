import type { Transaction } from '../../storage/port.js'

/**
 * Ends a membership, and every invitation that would outlive it: those the member sent, and one to the member's own
 * address, which would let them back in. Answers the ids of the revoked.
 */
export async function depart(
  tx: Transaction,
  {
    user,
    tenantId,
    now,
  }: {
    readonly user: { readonly id: string; readonly emailKey: string }
    readonly tenantId: string
    readonly now: number
  },
): Promise<readonly string[]> {
  await tx.memberships.delete({ tenantId, userId: user.id })
  const sent = await tx.invitations.revokeByInviter({ tenantId, inviterId: user.id, at: now })
  const received = await tx.invitations.findPending({ tenantId, emailKey: user.emailKey })
  if (!received) return sent
  await tx.invitations.settle({ tenantId, id: received.id, status: 'revoked', at: now })
  return [...sent, received.id]
}
