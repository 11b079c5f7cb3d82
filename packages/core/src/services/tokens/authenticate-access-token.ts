import type { AccessToken } from '../../model/access-token.js'
import type { User } from '../../model/user.js'
import type { Context } from '../context.js'
import { retryWhenBusy } from '../retry.js'
import { hashToken } from '../secrets.js'

const RESOLUTION_MS = 60_000

/**
 * Whose token this is; `null` for one that is unknown, revoked or expired, or whose user may not act. Its last use is
 * noted at most once a minute.
 */
export async function authenticateAccessToken(
  context: Context,
  accessToken: string,
): Promise<{ readonly user: User; readonly token: AccessToken } | null> {
  if (typeof accessToken !== 'string' || accessToken.length > 200) return null
  const now = context.clock()
  return retryWhenBusy(async () => {
    const found = await context.storage.read.accessTokens.findByHash(hashToken(accessToken))
    if (!found || found.token.expiresAt <= now || found.user.status !== 'active') return null
    const { id, userId, lastUsedAt } = found.token
    if (lastUsedAt === null || now - lastUsedAt >= RESOLUTION_MS) {
      await context.storage.transaction({}, (tx) => tx.accessTokens.touch({ userId, id, at: now }))
    }
    return found
  }, context)
}
