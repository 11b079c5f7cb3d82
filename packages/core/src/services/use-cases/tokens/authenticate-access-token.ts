import type { AccessToken } from '../../../model/access-token.js'
import type { ExternalSubject, ExternalToken } from '../../../model/external-token.js'
import type { User } from '../../../model/user.js'
import type { Context } from '../../pipeline/context.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { hashToken } from '../../pipeline/secrets.js'

const RESOLUTION_MS = 60_000

/**
 * Whom a token stands for. An `external` subject is no user: it has no id, and nothing that takes an actor takes it.
 * {@link Tenancy.asExternal} does.
 */
export type Bearer =
  | { readonly kind: 'account'; readonly user: User; readonly token: AccessToken }
  | { readonly kind: 'external'; readonly subject: ExternalSubject; readonly token: ExternalToken }

/**
 * Whose token this is; `null` for one that is unknown, revoked or expired, or whose user may not act. Its last use is
 * noted at most once a minute. How it begins says where it is looked for, so that one kind is never found as the other.
 */
export async function authenticateAccessToken(context: Context, accessToken: string): Promise<Bearer | null> {
  if (typeof accessToken !== 'string' || accessToken.length > 200) return null
  return retryWhenBusy(
    () =>
      accessToken.startsWith(context.tokenPrefixes.external)
        ? authenticateExternal(context, accessToken)
        : authenticateAccount(context, accessToken),
    context,
  )
}

async function authenticateAccount(context: Context, accessToken: string): Promise<Bearer | null> {
  const found = await context.storage.read.accessTokens.findByHash(hashToken(accessToken))
  const now = context.clock()
  if (!found || found.token.expiresAt <= now || found.user.status !== 'active') return null
  const { id, userId, lastUsedAt } = found.token
  if (lastUsedAt === null || now - lastUsedAt >= RESOLUTION_MS) {
    await context.storage.transaction({}, (tx) => tx.accessTokens.touch({ userId, id, at: now }))
  }
  return { kind: 'account', ...found }
}

async function authenticateExternal(context: Context, accessToken: string): Promise<Bearer | null> {
  const token = await context.storage.read.externalTokens.findByHash(hashToken(accessToken))
  const now = context.clock()
  if (!token || token.expiresAt <= now) return null
  const { id, subject, lastUsedAt } = token
  if (lastUsedAt === null || now - lastUsedAt >= RESOLUTION_MS) {
    await context.storage.transaction({}, (tx) => tx.externalTokens.touch({ subject, id, at: now }))
  }
  return { kind: 'external', subject, token }
}
