import type { TenancyError } from '@tenantry/core'

/** What can be wrong with a request before any use case sees it. */
export type RequestErrorCode =
  /** A parameter, header or field does not fit; `field` names it. */
  | 'invalid_field'
  | 'invalid_json'
  /** The request bears no token, one that begins like none of ours, or one that opens nothing. */
  | 'no_token'
  | 'unknown_token_prefix'
  | 'unknown_token'
  /** The token is of a kind that this path is not for. */
  | 'wrong_surface'
  /** A page of another origin sent it, with the cookies of this one. */
  | 'cross_site'
  | 'body_too_large'
  | 'method_not_allowed'
  | 'no_file'
  | 'too_many_files'
  | 'no_file_name'
  | 'file_too_large'

/** A request that no use case was asked with. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode
  readonly field: string | undefined

  constructor(
    code: RequestErrorCode,
    message: string,
    options: { readonly field?: string; readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.field = options.field
  }
}

/** An internal error: the client only sees the request ID. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
  readonly requestId: string

  constructor(requestId: string) {
    super('Internal server error')
    this.requestId = requestId
  }
}

/** Everything an API has to put into its own words. */
export type Failure = TenancyError | RequestError | InternalError
