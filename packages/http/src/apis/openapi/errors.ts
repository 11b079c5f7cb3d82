import { isTenancyError } from '@tenantry/core'
import type { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { overrideOf, statusOf } from '../../handler/error-statuses.js'
import type { ErrorOverrides } from '../../handler/error-statuses.js'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { toOAuthErrorResponse } from './oauth-errors.js'

/** A status and the stable beginning of its message, from which `code` is derived. */
interface WireError {
  readonly status: number
  readonly words: string
  readonly hint?: string
}

/** The default messages by status. */
const WORDS: Readonly<Record<number, string>> = {
  403: 'forbidden',
  409: 'conflict',
  429: 'rate_limited',
  503: 'unavailable',
}

const CODE_REFUSED = { words: 'invalid code' }

// prettier-ignore
const OVERRIDES: ErrorOverrides<WireError> = {
  unauthenticated:             { words: 'token unknown or revoked', hint: 'Sign in again.' },
  reauthentication_required:   { words: 'reauthentication required', hint: 'Sign in again, or send the current password.' },
  owner_required:              { status: 403, hint: 'Hand the workspace over first.' },
  tenant_not_found:            { words: 'workspace not found' },
  tenant_not_active:           ({ status }) => ({ hint: `The workspace is ${status}.` }),
  access_token_not_found:      { words: 'session not found' },
  invalid_input:               { words: 'invalid parameter' },
  invalid_token:               { ...CODE_REFUSED, hint: 'It is wrong, was used, or has expired.' },
  authorization_pending:       CODE_REFUSED,
  expired_token:               CODE_REFUSED,
  access_denied:               CODE_REFUSED,
  self_action_forbidden:       { status: 400, words: 'cannot operate self' },
  already_member:              { status: 400, words: 'already member' },
  personal_tenant:             { hint: 'A personal workspace is its owner’s alone.' },
  member_limit_exceeded:       { status: 400, words: 'members limit exceeded' },
  invitation_limit_exceeded:   { status: 400, words: 'invitations limit exceeded' },
  join_request_limit_exceeded: { status: 400, words: 'join requests limit exceeded' },
  tenant_limit_exceeded:       { status: 400, words: 'workspaces limit exceeded' },
  role_limit_exceeded:         { status: 400, words: 'roles limit exceeded' },
  storage_unavailable:         { hint: 'Try again later.' },
}

const REQUEST_OVERRIDES: { readonly [Code in RequestErrorCode]?: Partial<WireError> } = {
  invalid_field: { words: 'invalid parameter' },
  no_token: { words: 'missing bearer token', hint: 'Send Authorization: Bearer <token>.' },
  unknown_token: { words: 'token unknown or revoked', hint: 'Sign in again.' },
  wrong_surface: { words: 'wrong_surface', hint: 'An external subject has no account and no workspaces.' },
  cross_site: { words: 'cross-site request refused' },
}

const TooMany = z.object({ error: z.literal('rate_limited'), retry_after_ms: z.int() })

/** The body of every error: of this API, of a rate limit, or of OAuth for a device's token request. */
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

/** Converts any failure to a response of this API. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  const isLimit = isTenancyError(failure, 'rate_limited')
  if (route?.path === '/oauth/device/token' && !isLimit) return toOAuthErrorResponse(failure)
  if (failure instanceof InternalError) {
    const body = { code: 'internal_error', message: 'internal error', status: 500, request_id: failure.requestId }
    return { status: 500, body }
  }
  const { status, words, hint } = wireErrorOf(failure)
  if (status === 429) return { status, body: { error: 'rate_limited', retry_after_ms: retryAfterMs(failure) } }
  const isAboutField = failure instanceof RequestError ? failure.field !== undefined : isAboutInput(failure)
  const message = isAboutField ? `${words}: ${failure.message}` : words
  const code = words.replaceAll(/[^a-z]+/g, '_')
  return { status, body: { code, message, status, ...(hint === undefined ? {} : { hint }) } }
}

function wireErrorOf(failure: TenancyError | RequestError): WireError {
  const override =
    failure instanceof RequestError ? (REQUEST_OVERRIDES[failure.code] ?? {}) : overrideOf(OVERRIDES, failure)
  const status = override.status ?? statusOf(failure)
  return { status, words: WORDS[status] ?? failure.code.replaceAll('_', ' '), ...override }
}

function isAboutInput(error: TenancyError): boolean {
  return isTenancyError(error, 'invalid_input') || isTenancyError(error, 'invalid_email')
}

function retryAfterMs(failure: Failure): number {
  return isTenancyError(failure) && 'retryAfterMs' in failure.details ? Math.ceil(failure.details.retryAfterMs) : 0
}
