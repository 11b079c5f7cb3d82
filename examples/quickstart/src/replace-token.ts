import type { Tenancy, User } from '@tenantry/core'

/** Ends every access token of a user, and answers a new one; `null` for a user who may have none. */
export async function replaceToken(tenancy: Tenancy, user: User | null): Promise<string | null> {
  if (user?.status !== 'active') return null
  const { accessTokens } = tenancy.as({ userId: user.id })
  for (;;) {
    const { items } = await accessTokens.list({ limit: 100 })
    if (items.length === 0) break
    for (const { id } of items) await accessTokens.revoke({ tokenId: id })
  }
  const { accessToken } = await accessTokens.create({ label: 'quickstart' })
  return accessToken
}
