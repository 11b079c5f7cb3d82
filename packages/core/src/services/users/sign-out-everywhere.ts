import type { Transaction } from '../../storage/port.js'

/** Ends every token of a user, and refuses the devices they have approved that have no token yet. */
export async function signOutEverywhere(
  { accessTokens, deviceAuthorizations }: Pick<Transaction, 'accessTokens' | 'deviceAuthorizations'>,
  userId: string,
): Promise<void> {
  await accessTokens.deleteAll(userId)
  await deviceAuthorizations.denyApprovedBy(userId)
}
