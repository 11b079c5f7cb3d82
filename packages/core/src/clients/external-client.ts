import type { ExternalToken } from '../model/external-token.js'
import type { Page } from '../model/page.js'
import type { revokeExternalToken } from '../services/use-cases/external-tokens/revoke-external-token.js'
import type { InputOf } from './input-of.js'
import type { PageOptions } from './references.js'

/** A token of an external subject, by its ID. */
export interface ExternalTokenReference extends InputOf<typeof revokeExternalToken> {}

/** The tokens of one external subject. */
export interface ExternalTokensClient {
  /** Lists the subject's valid tokens, newest first, without their secrets. */
  list(input?: PageOptions): Promise<Page<ExternalToken>>
  /**
   * Revokes one of the subject's tokens.
   *
   * @throws {TenancyError} `access_token_not_found`, also for a token of another subject.
   */
  revoke(input: ExternalTokenReference): Promise<void>
}

/** The calls of an external subject. {@link Tenancy.asExternal} returns it. */
export interface ExternalClient {
  /** The tokens of the subject. */
  readonly accessTokens: ExternalTokensClient
}
