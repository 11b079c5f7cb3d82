import { isTenancyError } from '@tenantry/core'
import type { TenancyError } from '@tenantry/core'

/** Errors in a request that are detected before a use case runs. */
export type RequestErrorCode =
  /** A parameter, header or field is invalid; `field` names it. */
  | 'invalid_field'
  | 'invalid_json'
  /** The token is missing, has an unknown prefix, or is invalid. */
  | 'no_token'
  | 'unknown_token_prefix'
  | 'unknown_token'
  /** The path does not accept this type of token. */
  | 'wrong_surface'
  /** A page of another origin sent the request with the host's cookies. */
  | 'cross_site'
  | 'body_too_large'
  | 'method_not_allowed'
  | 'no_file'
  | 'too_many_files'
  | 'no_file_name'
  | 'file_too_large'

/** An invalid request, for which no use case ran. */
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

/** Every error that an API converts to its own format. */
export type Failure = TenancyError | RequestError | InternalError

/** The whole seconds until a retry can succeed, at least 1; `null` if the error is not temporary. */
export function retryAfterSeconds(error: unknown): number | null {
  if (!isTenancyError(error) || !('retryAfterMs' in error.details)) return null
  return Math.max(1, Math.ceil(error.details.retryAfterMs / 1000))
}
