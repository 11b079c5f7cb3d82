import { SYSTEM, type Tenancy, type User } from '@tenantry/core'

/**
 * Revokes all access tokens of a user and returns a new one, which counts as a sign-in; `null` if the user cannot have
 * one.
 */
export async function replaceToken(tenancy: Tenancy, user: User | null): Promise<string | null> {
  if (user?.status !== 'active') return null
  const { accessTokens } = tenancy.as({ userId: user.id })
  for (;;) {
    const { items } = await accessTokens.list({ limit: 100 })
    if (items.length === 0) break
    for (const { id } of items) await accessTokens.revoke({ tokenId: id })
  }
  const { accessToken } = await tenancy.as(SYSTEM).accessTokens.create({ userId: user.id, label: 'quickstart' })
  return accessToken
}
