import type { Transaction } from '../../../storage/port.js'

/** Ends every token of a user but the one that is named, and refuses the devices they have approved that have no token yet. */
export async function signOutEverywhere(
  { accessTokens, deviceAuthorizations }: Pick<Transaction, 'accessTokens' | 'deviceAuthorizations'>,
  userId: string,
  keptTokenId?: string,
): Promise<void> {
  await accessTokens.deleteAll(userId, keptTokenId)
  await deviceAuthorizations.denyApprovedBy(userId)
}
