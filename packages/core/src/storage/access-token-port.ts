import type { AccessToken } from '../model/access-token.js'
import type { PageRequest } from '../model/page.js'
import type { User } from '../model/user.js'

export interface AccessTokenReads {
  /** MUST answer token and user by the hash, in one statement, `null` when there is none [access-token-find]. */
  findByHash(tokenHash: string): Promise<{ readonly token: AccessToken; readonly user: User } | null>

  /**
   * One user's tokens, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * MUST list this user's only, expired ones included, by position and by offset alike [access-token-list].
   */
  list(query: { readonly userId: string; readonly page: PageRequest }): Promise<readonly AccessToken[]>

  /** MUST count what {@link list} lists [access-token-count]. */
  count(userId: string): Promise<number>
}

export interface AccessTokenRepository extends AccessTokenReads {
  /**
   * - MUST keep every field as given [access-token-insert].
   * - MUST refuse a hash that another token has (`access_token.hash`) [access-token-insert-twice].
   */
  insert(token: AccessToken, tokenHash: string): Promise<void>

  /** MUST set `lastUsedAt` and answer whether the token exists [access-token-touch]. */
  touch(change: { readonly userId: string; readonly id: string; readonly at: number }): Promise<boolean>

  /** MUST remove this user's token only, and answer whether it existed [access-token-delete]. */
  delete(key: { readonly userId: string; readonly id: string }): Promise<boolean>

  /** MUST remove all tokens of one user, no other's, and answer how many [access-token-delete-all]. */
  deleteAll(userId: string): Promise<number>
}
