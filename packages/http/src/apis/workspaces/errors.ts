import { isTenancyError } from '@tenantry/core'
import type { ErrorCode, ErrorDetails, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'

/** A status with what is said of it, which is the error's own message where nothing is. */
interface WireError {
  readonly status: number
  readonly message?: string
}

type WireErrors = { readonly [Code in ErrorCode]: WireError | ((details: ErrorDetails[Code]) => WireError) }

const BAD: WireError = { status: 400 }
const FORBIDDEN: WireError = { status: 403 }
const CONFLICT: WireError = { status: 409 }
const TOO_MANY: WireError = { status: 429, message: 'Too many requests; wait and try again' }
const notFound = (what: string): WireError => ({ status: 404, message: `${what} not found` })

// prettier-ignore
const ERRORS: WireErrors = {
  unauthenticated:             { status: 401, message: 'Access token is missing or invalid' },
  invalid_credentials:         { status: 401, message: 'Email or password is wrong' },
  forbidden:                   ({ permission }) => ({ ...FORBIDDEN, message: permission ? `This needs the permission ${permission}` : 'Insufficient permissions' }),
  reauthentication_required:   FORBIDDEN,
  owner_required:             { ...FORBIDDEN, message: 'The owner hands the workspace over before leaving' },
  tenant_not_found:            notFound('Workspace'),
  tenant_not_active:           ({ status }) => ({ ...FORBIDDEN, message: `The workspace is ${status}` }),
  member_not_found:            notFound('Member'),
  organization_not_found:      notFound('Organization'),
  last_admin:        CONFLICT,
  short_name_taken:            CONFLICT,
  invitation_not_found:        notFound('Invitation'),
  join_request_not_found:      notFound('Join request'),
  user_not_found:              notFound('User'),
  access_token_not_found:      notFound('Access token'),
  file_not_found:              notFound('File'),
  email_not_found:              notFound('Mail'),
  notification_not_found:      notFound('Notification'),
  event_not_found:             notFound('Event'),
  role_not_found:              notFound('Role'),
  resource_not_found:          notFound('Protocol'),
  resource_already_exists:             CONFLICT,
  setting_rejected:            BAD,
  invalid_input:               BAD,
  invalid_email:               BAD,
  invalid_role:                BAD,
  invalid_token:               { ...BAD, message: 'The token is wrong, was used, or has expired' },
  authorization_pending:       BAD,
  slow_down:                   TOO_MANY,
  expired_token:       BAD,
  access_denied:        BAD,
  self_action_forbidden:         BAD,
  already_member:              CONFLICT,
  already_requested:           CONFLICT,
  join_not_allowed:            FORBIDDEN,
  user_owns_tenants:                CONFLICT,
  personal_tenant:             { ...FORBIDDEN, message: 'A personal workspace is its owner’s alone' },
  slug_taken:                  CONFLICT,
  email_taken:                 CONFLICT,
  role_key_taken:                  CONFLICT,
  role_in_use:                 CONFLICT,
  conflict:                    CONFLICT,
  recently_declined:           TOO_MANY,
  recently_rejected:           { ...TOO_MANY, message: 'You were rejected not long ago; wait and try again' },
  rate_limited:                TOO_MANY,
  email_limit_exceeded:         TOO_MANY,
  transfer_locked:             TOO_MANY,
  member_limit_exceeded:       { ...FORBIDDEN, message: 'The workspace is full' },
  invitation_limit_exceeded:   FORBIDDEN,
  join_request_limit_exceeded: { ...FORBIDDEN, message: 'Too many requests wait for an answer' },
  tenant_limit_exceeded:       { ...FORBIDDEN, message: 'You have as many workspaces as you may have' },
  role_limit_exceeded:         FORBIDDEN,
  unsupported_file_type:       BAD,
  file_too_large:              { status: 413, message: 'The file is too large' },
  storage_unavailable:         { status: 503, message: 'Unavailable; try again later' },
}

// prettier-ignore
const REQUEST_ERRORS = {
  invalid_field:        400,
  invalid_json:         400,
  no_token:             401,
  unknown_token_prefix: 401,
  unknown_token:        401,
  wrong_surface:        403,
  cross_site:           403,
  body_too_large:       413,
  method_not_allowed:   405,
  no_file:              400,
  too_many_files:       400,
  no_file_name:         400,
  file_too_large:       413,
} as const satisfies Record<RequestErrorCode, number>

/** A protocol's parts, as the core calls them. What is too much as a whole is its steps. */
const FIELDS_OF_PROTOCOLS: WireFields = {
  name: 'title',
  keyword: 'key',
  attributes: 'steps',
  'labels.category': 'categories',
  'labels.tag': 'tags',
}

/** The body of every error of this API. */
export const WorkspacesFailure = z.object({
  status_code: z.int(),
  error_message: z.string(),
  /** Request ID of the log entry, on internal errors. */
  request_id: z.string().optional(),
})

/** Any failure as this API answers it. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  if (failure instanceof InternalError) return response({ status: 500 }, failure.message, failure.requestId)
  if (failure instanceof RequestError) return response({ status: REQUEST_ERRORS[failure.code] }, failure.message)
  return response(wireError(failure), messageOf(failure, route))
}

function messageOf(failure: TenancyError, route: Route | null): string {
  if (!isTenancyError(failure, 'invalid_input') || !route?.path.includes('/protocols')) return failure.message
  return renameFields(failure.message, failure.details.field, FIELDS_OF_PROTOCOLS)
}

function response({ status, message }: WireError, fallback: string, requestId?: string): FailureResponse {
  const body = { status_code: status, error_message: message ?? fallback }
  return { status, body: requestId === undefined ? body : { ...body, request_id: requestId } }
}

function wireError(error: TenancyError): WireError {
  // The row and the details are of one code, which the compiler cannot follow through the index.
  const row = ERRORS[error.code] as WireError | ((details: unknown) => WireError)
  return typeof row === 'function' ? row(error.details) : row
}
