import type { ErrorCode } from '@tenantry/core'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure } from '../../handler/failure.js'
import type { FailureResponse } from '../../handler/api.js'

/** The OAuth errors of a device's token request (RFC 8628, 3.5; RFC 6749, 5.2). */
const OAUTH: Partial<Record<ErrorCode, string>> = {
  authorization_pending: 'authorization_pending',
  slow_down: 'slow_down',
  expired_token: 'expired_token',
  access_denied: 'access_denied',
  invalid_token: 'invalid_grant',
}

export function toOAuthErrorResponse(failure: Failure): FailureResponse {
  if (failure instanceof InternalError) {
    return { status: 500, body: { error: 'server_error', request_id: failure.requestId } }
  }
  if (failure instanceof RequestError) {
    return { status: failure.code === 'body_too_large' ? 413 : 400, body: { error: 'invalid_request' } }
  }
  if (failure.code === 'storage_unavailable') return { status: 503, body: { error: 'temporarily_unavailable' } }
  return { status: 400, body: { error: OAUTH[failure.code] ?? 'invalid_request' } }
}
