import { isTenancyError } from '@tenantry/core'
import type { ErrorCode, ErrorDetails, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { toOAuthErrorResponse } from './oauth-errors.js'

/** A status with the words its message begins with, which stay the same. `code` is these words, as one. */
interface WireError {
  readonly status: number
  readonly words: string
  readonly hint?: string
}

type WireErrors = { readonly [Code in ErrorCode]: WireError | ((details: ErrorDetails[Code]) => WireError) }

const CONFLICT: WireError = { status: 409, words: 'conflict' }
const FORBIDDEN: WireError = { status: 403, words: 'forbidden' }
const CODE_REFUSED: WireError = { status: 400, words: 'invalid code' }
const TOO_MANY: WireError = { status: 429, words: 'rate_limited' }

// prettier-ignore
const ERRORS: WireErrors = {
  unauthenticated:             { status: 401, words: 'token unknown or revoked', hint: 'Sign in again.' },
  invalid_credentials:         { status: 401, words: 'invalid credentials' },
  forbidden:                   FORBIDDEN,
  reauthentication_required:   { ...FORBIDDEN, words: 'reauthentication required', hint: 'Sign in again, or send the current password.' },
  owner_required:             { ...FORBIDDEN, hint: 'Hand the workspace over first.' },
  tenant_not_found:            { status: 404, words: 'workspace not found' },
  tenant_not_active:           ({ status }) => ({ ...FORBIDDEN, hint: `The workspace is ${status}.` }),
  member_not_found:            { status: 404, words: 'member not found' },
  organization_not_found:      { status: 404, words: 'organization not found' },
  last_admin:        CONFLICT,
  short_name_taken:            CONFLICT,
  invitation_not_found:        { status: 404, words: 'invitation not found' },
  join_request_not_found:      { status: 404, words: 'join request not found' },
  user_not_found:              { status: 404, words: 'user not found' },
  access_token_not_found:      { status: 404, words: 'session not found' },
  file_not_found:              { status: 404, words: 'file not found' },
  email_not_found:              { status: 404, words: 'email not found' },
  notification_not_found:      { status: 404, words: 'notification not found' },
  event_not_found:             { status: 404, words: 'event not found' },
  role_not_found:              { status: 404, words: 'role not found' },
  resource_not_found:          { status: 404, words: 'resource not found' },
  resource_already_exists:             CONFLICT,
  setting_rejected:            { status: 400, words: 'setting rejected' },
  invalid_input:               { status: 400, words: 'invalid parameter' },
  invalid_email:               { status: 400, words: 'invalid email' },
  invalid_role:                { status: 400, words: 'invalid role' },
  invalid_token:               { ...CODE_REFUSED, hint: 'It is wrong, was used, or has expired.' },
  authorization_pending:       CODE_REFUSED,
  slow_down:                   TOO_MANY,
  expired_token:       CODE_REFUSED,
  access_denied:        CODE_REFUSED,
  self_action_forbidden:         { status: 400, words: 'cannot operate self' },
  already_member:              { status: 400, words: 'already member' },
  already_requested:           CONFLICT,
  join_not_allowed:            FORBIDDEN,
  user_owns_tenants:                CONFLICT,
  personal_tenant:             { ...FORBIDDEN, hint: 'A personal workspace is its owner’s alone.' },
  slug_taken:                  CONFLICT,
  email_taken:                 CONFLICT,
  role_key_taken:                  CONFLICT,
  role_in_use:                 CONFLICT,
  conflict:                    CONFLICT,
  recently_declined:           TOO_MANY,
  recently_rejected:           TOO_MANY,
  rate_limited:                TOO_MANY,
  email_limit_exceeded:         TOO_MANY,
  transfer_locked:             TOO_MANY,
  member_limit_exceeded:       { status: 400, words: 'members limit exceeded' },
  invitation_limit_exceeded:   { status: 400, words: 'invitations limit exceeded' },
  join_request_limit_exceeded: { status: 400, words: 'join requests limit exceeded' },
  tenant_limit_exceeded:       { status: 400, words: 'workspaces limit exceeded' },
  role_limit_exceeded:         { status: 400, words: 'roles limit exceeded' },
  unsupported_file_type:       { status: 400, words: 'unsupported file type' },
  file_too_large:              { status: 413, words: 'file too large' },
  storage_unavailable:         { status: 503, words: 'unavailable', hint: 'Try again later.' },
}

// prettier-ignore
const REQUEST_ERRORS = {
  invalid_field:        { status: 400, words: 'invalid parameter' },
  invalid_json:         { status: 400, words: 'invalid json' },
  no_token:             { status: 401, words: 'missing bearer token', hint: 'Send Authorization: Bearer <token>.' },
  unknown_token_prefix: { status: 401, words: 'unknown token prefix' },
  unknown_token:        { status: 401, words: 'token unknown or revoked', hint: 'Sign in again.' },
  wrong_surface:        { status: 403, words: 'wrong_surface', hint: 'An external subject has no account and no workspaces.' },
  cross_site:           { status: 403, words: 'cross-site request refused' },
  body_too_large:       { status: 413, words: 'body too large' },
  method_not_allowed:   { status: 405, words: 'method not allowed' },
  no_file:              { status: 400, words: 'no file' },
  too_many_files:       { status: 400, words: 'too many files' },
  no_file_name:         { status: 400, words: 'no file name' },
  file_too_large:       { status: 413, words: 'file too large' },
} as const satisfies Record<RequestErrorCode, WireError>

const TooMany = z.object({ error: z.literal('rate_limited'), retry_after_ms: z.int() })

/** The body of every error of this API: its own, that of a limit, and OAuth's where a device asks for its token. */
export const OpenapiFailure = z.union([
  z.object({
    code: z.string(),
    message: z.string(),
    status: z.int(),
    hint: z.string().optional(),
    /** Request ID of the log entry, on internal errors. */
    request_id: z.string().optional(),
  }),
  TooMany,
  z.object({ error: z.string(), request_id: z.string().optional() }),
])

/** Any failure as this API answers it. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  const isLimit = isTenancyError(failure, 'rate_limited')
  if (route?.path === '/oauth/device/token' && !isLimit) return toOAuthErrorResponse(failure)
  if (failure instanceof InternalError) {
    const body = { code: 'internal_error', message: 'internal error', status: 500, request_id: failure.requestId }
    return { status: 500, body }
  }
  const { status, words, hint } = failure instanceof RequestError ? requestError(failure) : wireError(failure)
  if (status === 429) return { status, body: { error: 'rate_limited', retry_after_ms: retryAfterMs(failure) } }
  const isAboutField = failure instanceof RequestError ? failure.field !== undefined : isAboutInput(failure)
  const message = isAboutField ? `${words}: ${failure.message}` : words
  const code = words.replaceAll(/[^a-z]+/g, '_')
  return { status, body: { code, message, status, ...(hint === undefined ? {} : { hint }) } }
}

function requestError(error: RequestError): WireError {
  return REQUEST_ERRORS[error.code]
}

function wireError(error: TenancyError): WireError {
  // The row and the details are of one code, which the compiler cannot follow through the index.
  const row = ERRORS[error.code] as WireError | ((details: unknown) => WireError)
  return typeof row === 'function' ? row(error.details) : row
}

function isAboutInput(error: TenancyError): boolean {
  return isTenancyError(error, 'invalid_input') || isTenancyError(error, 'invalid_email')
}

function retryAfterMs(failure: Failure): number {
  return isTenancyError(failure) && 'retryAfterMs' in failure.details ? Math.ceil(failure.details.retryAfterMs) : 0
}
