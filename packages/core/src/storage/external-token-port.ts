import type { ExternalSubject, ExternalToken } from '../model/external-token.js'
import type { PageRequest } from '../model/page.js'

/** What names an external subject: an address in its normal form, at one issuer. */
export type ExternalSubjectKey = Pick<ExternalSubject, 'issuer' | 'emailKey'>

export interface ExternalTokenKey {
  readonly subject: ExternalSubjectKey
  readonly id: string
}

export interface ExternalTokenFilter {
  readonly subject: ExternalSubjectKey
  /** Tokens that expired by then are left out. */
  readonly liveAt: number
}

export interface ExternalTokenReads {
  /** MUST answer the token by its hash, `null` when there is none [external-token-find]. */
  findByHash(tokenHash: string): Promise<ExternalToken | null>

  /**
   * One subject's tokens, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * - MUST list this subject's only: neither another address's nor another issuer's [external-token-list].
   * - MUST answer pages without gap or repetition, by position and by offset alike [external-token-list-pages].
   */
  list(query: ExternalTokenFilter & { readonly page: PageRequest }): Promise<readonly ExternalToken[]>

  /** MUST count what {@link list} lists [external-token-count]. */
  count(filter: ExternalTokenFilter): Promise<number>
}

export interface ExternalTokenRepository extends ExternalTokenReads {
  /**
   * Keeps a token, and answers the id it is kept under.
   *
   * - MUST keep every field as given [external-token-put].
   * - MUST give the subject's token of the same client and label this hash and these fields, but leave it its id, when
   *   there is one; the hash before finds nothing then [external-token-put-device].
   * - MUST refuse a hash that another token has (`external_token.hash`) [external-token-put-twice].
   */
  put(token: ExternalToken, tokenHash: string): Promise<string>

  /** MUST set `lastUsedAt` and answer whether the token exists [external-token-touch]. */
  touch(change: ExternalTokenKey & { readonly at: number }): Promise<boolean>

  /** MUST remove this subject's token only, and answer whether it existed [external-token-delete]. */
  delete(key: ExternalTokenKey): Promise<boolean>

  /** MUST remove the tokens that expired by `now`, and no other, and answer how many [external-token-sweep]. */
  sweep(now: number): Promise<number>
}
