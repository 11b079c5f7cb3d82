import type { NewEvent } from '../../../events.js'
import type { AccessToken } from '../../../model/access-token.js'
import type { GlobalStep } from '../../pipeline/command.js'
import { hashToken, shownPrefix } from '../../pipeline/secrets.js'

/** A new token. `accessToken` is shown this once; only its hash is kept. */
export interface IssuedAccessToken {
  readonly accessToken: string
  readonly token: AccessToken
}

interface Issue {
  readonly userId: string
  readonly label: string | null
  /** The program, for a token of a device: an earlier one of the same program and label is replaced, and stops at once. */
  readonly clientId?: string
  readonly lifetimeMs?: number | undefined
  /** Whether the token comes of a sign-in, and not of another token. */
  readonly isSignIn: boolean
}

/** Writes a token for a user, in the transaction of whatever it is issued for. */
export async function issueAccessToken(
  { context, tx, now }: GlobalStep,
  { userId, label, clientId, lifetimeMs = context.lifetimes.accessToken, isSignIn }: Issue,
): Promise<IssuedAccessToken & { readonly event: NewEvent }> {
  const accessToken = `${context.tokenPrefixes.account}${context.newToken()}`
  const expiresAt = now + lifetimeMs
  const given: AccessToken = {
    id: context.newId(),
    userId,
    label,
    clientId: clientId ?? null,
    prefix: shownPrefix(accessToken, context.tokenPrefixes.account),
    createdAt: now,
    signedInAt: isSignIn ? now : null,
    expiresAt,
    lastUsedAt: null,
  }
  const id = await tx.accessTokens.put(given, hashToken(accessToken))
  return {
    accessToken,
    token: { ...given, id },
    event: {
      type: id === given.id ? 'access_token.issued' : 'access_token.rotated',
      scope: { userId },
      target: { type: 'access_token', id },
      data: { label, expiresAt },
    },
  }
}
