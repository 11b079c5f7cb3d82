import type { Transaction } from '../../../storage/port.js'

/** Ends the pending request of somebody who has become a member without it. */
export async function resolveRequestOf(
  { joinRequests }: Pick<Transaction, 'joinRequests'>,
  { tenantId, userId, at }: { readonly tenantId: string; readonly userId: string; readonly at: number },
): Promise<void> {
  const request = await joinRequests.findPending({ tenantId, userId })
  if (request) await joinRequests.resolve({ tenantId, id: request.id, status: 'superseded', at, decidedBy: null })
}
