import type { NewEvent } from '../../events.js'
import type { AccessToken } from '../../model/access-token.js'
import type { DirectoryStep } from '../command.js'
import { hashToken } from '../secrets.js'

/** A new token. `accessToken` is shown this once; only its hash is kept. */
export interface IssuedAccessToken {
  readonly accessToken: string
  readonly token: AccessToken
}

/** Writes a token for a user, in the transaction of whatever it is issued for. */
export async function issueAccessToken(
  { context, tx, now }: DirectoryStep,
  {
    userId,
    label,
    lifetimeMs = context.lifetimes.accessToken,
  }: { readonly userId: string; readonly label: string | null; readonly lifetimeMs?: number | undefined },
): Promise<IssuedAccessToken & { readonly event: NewEvent }> {
  const accessToken = `${context.accessTokenPrefix}${context.newToken()}`
  const expiresAt = now + lifetimeMs
  const token: AccessToken = { id: context.newId(), userId, label, createdAt: now, expiresAt, lastUsedAt: null }
  await tx.accessTokens.insert(token, hashToken(accessToken))
  return {
    accessToken,
    token,
    event: {
      type: 'access_token.issued',
      scope: { userId },
      target: { type: 'access_token', id: token.id },
      data: { label, expiresAt },
    },
  }
}
