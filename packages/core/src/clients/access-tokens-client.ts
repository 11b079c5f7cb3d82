import type { AccessToken } from '../model/access-token.js'
import type { Page } from '../model/page.js'
import type {
  IssuedExternalToken,
  issueExternalToken,
} from '../services/use-cases/external-tokens/issue-external-token.js'
import type { createAccessToken } from '../services/use-cases/tokens/create-access-token.js'
import type { IssuedAccessToken } from '../services/steps/tokens/issue-access-token.js'
import type { listAccessTokens } from '../services/use-cases/tokens/list-access-tokens.js'
import type { revokeAccessToken } from '../services/use-cases/tokens/revoke-access-token.js'
import type { InputOf } from './input-of.js'

export interface CreateAccessTokenInput extends InputOf<typeof createAccessToken> {}
export interface ListAccessTokensInput extends InputOf<typeof listAccessTokens> {}
export interface RevokeAccessTokenInput extends InputOf<typeof revokeAccessToken> {}
export interface IssueExternalTokenInput extends InputOf<typeof issueExternalToken> {}

/** The access tokens of the caller. */
export interface AccessTokensClient {
  /**
   * Issues an access token for the caller, or for a given user as an operator. It is shown this once.
   *
   * @throws {TenancyError} `reauthentication_required` without a recent sign-in or the password; `forbidden`.
   */
  create(input?: CreateAccessTokenInput): Promise<IssuedAccessToken>
  /** Lists the caller's tokens, newest first, without their secrets; with `live` only those that have not expired. */
  list(input?: ListAccessTokensInput): Promise<Page<AccessToken>>
  /**
   * Revokes a token of the caller, or of a given user as an operator.
   *
   * @throws {TenancyError} `access_token_not_found`; `forbidden`.
   */
  revoke(input: RevokeAccessTokenInput): Promise<void>
  /**
   * Issues a token for an external subject whom the host's single sign-on has verified. For the host's own code.
   *
   * @throws {TenancyError} `forbidden` for any other caller.
   */
  issueExternal(input: IssueExternalTokenInput): Promise<IssuedExternalToken>
}
