import type { AccessToken } from '../model/access-token.js'
import type { PageRequest } from '../model/page.js'
import type { User } from '../model/user.js'

/** What a list of a user's tokens is narrowed to: with `liveAt`, those that expire after that moment. */
export interface AccessTokenFilter {
  readonly userId: string
  readonly liveAt?: number | undefined
}

export interface AccessTokenReads {
  /** MUST answer token and user by the hash, in one statement, `null` when there is none [access-token-find]. */
  findByHash(tokenHash: string): Promise<{ readonly token: AccessToken; readonly user: User } | null>

  /**
   * One user's tokens, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * - MUST list this user's only, expired ones included, by position and by offset alike [access-token-list].
   * - MUST leave out those that expired by `liveAt` when it is given [access-token-list-live].
   */
  list(query: AccessTokenFilter & { readonly page: PageRequest }): Promise<readonly AccessToken[]>

  /** MUST count what {@link list} lists [access-token-count]. */
  count(filter: AccessTokenFilter): Promise<number>
}

export interface AccessTokenRepository extends AccessTokenReads {
  /**
   * Keeps a token, and answers the id it is kept under.
   *
   * - MUST keep every field as given [access-token-put].
   * - MUST give the user's token of the same client and label this hash and these fields, but leave it its id, when there
   *   is one; the hash before finds nothing then [access-token-put-device]. Tokens without a client, or without a label,
   *   are never the same.
   * - MUST refuse a hash that another token has (`access_token.hash`) [access-token-put-twice].
   */
  put(token: AccessToken, tokenHash: string): Promise<string>

  /** MUST set `lastUsedAt` and answer whether the token exists [access-token-touch]. */
  touch(change: { readonly userId: string; readonly id: string; readonly at: number }): Promise<boolean>

  /** MUST remove this user's token only, and answer whether it existed [access-token-delete]. */
  delete(key: { readonly userId: string; readonly id: string }): Promise<boolean>

  /**
   * - MUST remove all tokens of one user, no other's, and answer how many [access-token-delete-all].
   * - MUST leave the one that is named, when one is [access-token-delete-all-but].
   */
  deleteAll(userId: string, keptId?: string): Promise<number>
}
