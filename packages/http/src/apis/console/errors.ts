import { isTenancyError } from '@tenantry/core'
import type { ErrorCode, ErrorDetails, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'

/** A status and the console's word for it. `message` replaces the error's own where that is not for callers. */
interface WireError {
  readonly status: number
  readonly code: string
  readonly message?: string
}

type WireErrors = { readonly [Code in ErrorCode]: WireError | ((details: ErrorDetails[Code]) => WireError) }

// prettier-ignore
const ERRORS: WireErrors = {
  unauthenticated:           { status: 401, code: 'unauthorized' },
  invalid_credentials:       { status: 401, code: 'invalid-credentials' },
  forbidden:                 { status: 403, code: 'forbidden' },
  reauthentication_required: { status: 403, code: 'reauthentication-required' },
  owner_required:           { status: 403, code: 'forbidden', message: 'Hand the workspace over before leaving it' },
  tenant_not_found:          { status: 404, code: 'workspace-not-found', message: 'No such workspace' },
  // The one thing that may be asked of no active workspace is restoring an archived one.
  tenant_not_active:         ({ status }) => status === 'active' ? { status: 409, code: 'conflict', message: 'The workspace is active' } : { status: 403, code: 'forbidden', message: `The workspace is ${status}` },
  member_not_found:          { status: 404, code: 'member-not-found' },
  organization_not_found:    { status: 404, code: 'organization-not-found' },
  last_admin:      { status: 409, code: 'conflict' },
  short_name_taken:          { status: 409, code: 'conflict' },
  invitation_not_found:      { status: 404, code: 'invitation-not-found' },
  join_request_not_found:    { status: 404, code: 'join-request-not-found' },
  user_not_found:            { status: 404, code: 'user-not-found' },
  access_token_not_found:    { status: 404, code: 'access-token-not-found' },
  file_not_found:            { status: 404, code: 'file-not-found' },
  email_not_found:            { status: 404, code: 'email-not-found' },
  notification_not_found:    { status: 404, code: 'notification-not-found' },
  event_not_found:           { status: 404, code: 'event-not-found' },
  role_not_found:            { status: 404, code: 'role-not-found' },
  resource_not_found:        { status: 404, code: 'resource-not-found' },
  resource_already_exists:           { status: 409, code: 'conflict' },
  setting_rejected:          { status: 400, code: 'setting-rejected' },
  invalid_input:             { status: 400, code: 'invalid-param' },
  invalid_email:             { status: 400, code: 'invalid-email' },
  invalid_role:              { status: 400, code: 'invalid-role', message: 'No such role, or none that can be given' },
  invalid_token:             { status: 400, code: 'invalid-token' },
  // Devices sign in elsewhere.
  authorization_pending:     { status: 400, code: 'authorization-pending' },
  slow_down:                 { status: 429, code: 'rate-limited' },
  expired_token:     { status: 400, code: 'invalid-token' },
  access_denied:      { status: 400, code: 'invalid-token' },
  self_action_forbidden:       { status: 400, code: 'cannot-operate-self' },
  already_member:            { status: 400, code: 'already-member' },
  already_requested:         { status: 409, code: 'conflict' },
  join_not_allowed:          { status: 403, code: 'forbidden' },
  user_owns_tenants:              { status: 409, code: 'conflict' },
  personal_tenant:           { status: 403, code: 'forbidden', message: 'A personal workspace is its owner’s alone' },
  slug_taken:                { status: 409, code: 'conflict' },
  email_taken:               { status: 409, code: 'conflict' },
  role_key_taken:                { status: 409, code: 'conflict' },
  role_in_use:               { status: 409, code: 'conflict' },
  conflict:                  { status: 409, code: 'conflict' },
  recently_declined:         { status: 429, code: 'rate-limited' },
  recently_rejected:         { status: 429, code: 'rate-limited' },
  rate_limited:              { status: 429, code: 'rate-limited' },
  email_limit_exceeded:       ({ per }) => per === 'ip' ? { status: 400, code: 'email-send-ip-limit' } : { status: 429, code: 'rate-limited' },
  transfer_locked:           { status: 400, code: 'owner-transfer-limit' },
  member_limit_exceeded:     { status: 400, code: 'workspace-members-limit-exceeded' },
  invitation_limit_exceeded: { status: 400, code: 'workspace-invitations-limit-exceeded' },
  join_request_limit_exceeded: { status: 400, code: 'join-requests-limit-exceeded' },
  tenant_limit_exceeded:     { status: 400, code: 'workspaces-limit-exceeded' },
  role_limit_exceeded:       { status: 400, code: 'workspace-roles-limit-exceeded' },
  unsupported_file_type:     { status: 400, code: 'unsupported-file-type' },
  file_too_large:            { status: 413, code: 'file-too-large' },
  storage_unavailable:       { status: 503, code: 'unavailable', message: 'Try again later' },
}

// prettier-ignore
const REQUEST_ERRORS = {
  invalid_field:      { status: 400, code: 'invalid-param' },
  invalid_json:       { status: 400, code: 'invalid-json' },
  body_too_large:     { status: 413, code: 'body-too-large' },
  no_token:           { status: 401, code: 'unauthorized' },
  unknown_token_prefix: { status: 401, code: 'unauthorized' },
  unknown_token:      { status: 401, code: 'unauthorized' },
  wrong_surface:      { status: 403, code: 'forbidden' },
  cross_site:         { status: 403, code: 'forbidden' },
  method_not_allowed: { status: 405, code: 'method-not-allowed' },
  no_file:            { status: 400, code: 'no-file-uploaded' },
  too_many_files:     { status: 400, code: 'too-many-files' },
  no_file_name:       { status: 400, code: 'filename-not-exists' },
  file_too_large:     { status: 413, code: 'file-too-large' },
} as const satisfies Record<RequestErrorCode, WireError>

/** The console's names of what use cases call otherwise. */
const FIELDS: WireFields = {
  'settings.logoId': 'replace_webapp_logo',
  actorId: 'actor',
  'target.type': 'target',
  'target.id': 'target',
}

/** The body of every error of the console. */
export const ConsoleFailure = z.object({
  code: z.string(),
  message: z.string(),
  status: z.int(),
  /** The first bad field. */
  params: z.string().optional(),
  /** Request ID of the log entry, on internal errors. */
  request_id: z.string().optional(),
})

/** A use case's error in the console's words. */
export function wireError(error: TenancyError): Required<WireError> {
  // The row and the details are of one code, which the compiler cannot follow through the index.
  const row = ERRORS[error.code] as WireError | ((details: unknown) => WireError)
  return { message: error.message, ...(typeof row === 'function' ? row(error.details) : row) }
}

/** Any failure as the console answers it. */
export function toFailureResponse(failure: Failure): FailureResponse {
  const body: z.infer<typeof ConsoleFailure> = bodyOf(failure)
  return { status: body.status, body }
}

function bodyOf(failure: Failure): z.infer<typeof ConsoleFailure> {
  if (failure instanceof InternalError) {
    return { code: 'internal-error', message: failure.message, status: 500, request_id: failure.requestId }
  }
  if (failure instanceof RequestError) {
    const { status, code } = REQUEST_ERRORS[failure.code]
    return { code, message: failure.message, status, ...(failure.field === undefined ? {} : { params: failure.field }) }
  }
  const { code, message, status } = wireError(failure)
  if (!isTenancyError(failure, 'invalid_input')) return { code, message, status }
  const field = FIELDS[failure.details.field] ?? failure.details.field
  return { code, message: renameFields(message, failure.details.field, FIELDS), status, params: field || 'body' }
}
