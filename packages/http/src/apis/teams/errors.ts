import type { ErrorCode, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'
import { AddResult } from './schemas.js'

/** A status and the number that stands in the body. `message` replaces the error's own where that is not for callers. */
interface WireError {
  readonly status: number
  readonly code: number
  readonly message?: string
}

const UNAUTHORIZED: WireError = { status: 401, code: 401, message: 'Unauthorized: sign in first' }
const NOT_FOUND = { status: 404, code: 102 }
const NO_TEAM: WireError = { ...NOT_FOUND, message: 'No such team' }
const NOT_ALLOWED: WireError = { status: 403, code: 108 }
const BAD_ARGUMENT = { status: 400, code: 101 }
const BAD_DATA = { status: 400, code: 102 }
const BAD_OPERATION = { status: 400, code: 103 }
const CONFLICT = { status: 409, code: 102 }
const TOO_MANY = { status: 429, code: 103 }

// prettier-ignore
const ERRORS = {
  unauthenticated:             UNAUTHORIZED,
  invalid_credentials:         { ...UNAUTHORIZED, message: 'Unauthorized: email and password do not fit' },
  forbidden:                   NOT_ALLOWED,
  reauthentication_required:   { status: 403, code: 103 },
  tenant_not_found:            NO_TEAM,
  tenant_not_active:           { ...NOT_ALLOWED, message: 'The team is not active' },
  owner_required:             { ...BAD_DATA, message: 'Not on the owner of the team' },
  personal_tenant:             NOT_ALLOWED,
  member_not_found:            { ...NOT_FOUND, message: 'No such user in the team' },
  invitation_not_found:        NOT_FOUND,
  user_not_found:              NOT_FOUND,
  resource_not_found:          NOT_FOUND,
  setting_rejected:            BAD_DATA,
  organization_not_found:      NOT_FOUND,
  join_request_not_found:      NOT_FOUND,
  access_token_not_found:      NOT_FOUND,
  file_not_found:              NOT_FOUND,
  email_not_found:              NOT_FOUND,
  event_not_found:             NOT_FOUND,
  notification_not_found:      NOT_FOUND,
  role_not_found:              NOT_FOUND,
  invalid_input:               BAD_ARGUMENT,
  invalid_role:                BAD_ARGUMENT,
  invalid_token:               BAD_ARGUMENT,
  invalid_email:               BAD_OPERATION,
  email_taken:                 BAD_OPERATION,
  user_owns_tenants:                BAD_OPERATION,
  last_admin:        BAD_OPERATION,
  self_action_forbidden:         BAD_DATA,
  already_member:              BAD_DATA,
  already_requested:           CONFLICT,
  join_not_allowed:            NOT_ALLOWED,
  slug_taken:                  CONFLICT,
  short_name_taken:            CONFLICT,
  role_key_taken:                  CONFLICT,
  role_in_use:                 CONFLICT,
  resource_already_exists:             CONFLICT,
  conflict:                    CONFLICT,
  authorization_pending:       BAD_OPERATION,
  expired_token:       BAD_OPERATION,
  access_denied:        BAD_OPERATION,
  recently_declined:           TOO_MANY,
  recently_rejected:           TOO_MANY,
  slow_down:                   TOO_MANY,
  rate_limited:                TOO_MANY,
  email_limit_exceeded:         TOO_MANY,
  transfer_locked:             TOO_MANY,
  member_limit_exceeded:       BAD_OPERATION,
  invitation_limit_exceeded:   BAD_OPERATION,
  join_request_limit_exceeded: BAD_OPERATION,
  tenant_limit_exceeded:       BAD_OPERATION,
  role_limit_exceeded:         BAD_OPERATION,
  unsupported_file_type:       BAD_ARGUMENT,
  file_too_large:              { status: 413, code: 101 },
  storage_unavailable:         { status: 503, code: 500, message: 'Try again later' },
} as const satisfies Record<ErrorCode, WireError>

/** What is said otherwise below a path. */
const OTHERWISE: readonly (readonly [path: RegExp, errors: { readonly [Code in ErrorCode]?: WireError }])[] = [
  // Another account, or nobody's.
  [/^\/user\/|^\/tenant\/create$/, { forbidden: { status: 403, code: 403 }, user_not_found: BAD_DATA }],
  [/\/user\/remove$/, { member_not_found: { ...BAD_DATA, message: 'No such user in the team' } }],
  // A team that somebody shares into: which there are is not told.
  [
    /^\/canvas\//,
    { forbidden: refusedCanvas(), tenant_not_found: refusedCanvas(), tenant_not_active: refusedCanvas() },
  ],
]

function refusedCanvas(): WireError {
  return { ...NOT_ALLOWED, message: 'You lack the permission for this canvas or team' }
}

// prettier-ignore
const REQUEST_ERRORS = {
  invalid_field:        BAD_ARGUMENT,
  invalid_json:         BAD_ARGUMENT,
  no_token:             UNAUTHORIZED,
  unknown_token_prefix: UNAUTHORIZED,
  unknown_token:        UNAUTHORIZED,
  wrong_surface:        NOT_ALLOWED,
  cross_site:           NOT_ALLOWED,
  body_too_large:       { status: 413, code: 101 },
  method_not_allowed:   { status: 405, code: 103 },
  no_file:              BAD_ARGUMENT,
  too_many_files:       BAD_ARGUMENT,
  no_file_name:         BAD_ARGUMENT,
  file_too_large:       { status: 413, code: 101 },
} as const satisfies Record<RequestErrorCode, WireError>

/** What this API calls otherwise than the core, below a path. */
const FIELDS: readonly (readonly [path: RegExp, names: WireFields])[] = [
  [/^\/user\//, { name: 'nickname' }],
  [/^\/canvas\//, { name: 'title', attributes: 'dsl', tenantId: 'shared_tenant_id', keyword: 'keywords' }],
  [
    /^\/tenant\//,
    {
      'settings.llmId': 'llm_id',
      'settings.embdId': 'embd_id',
      'settings.asrId': 'asr_id',
      'settings.img2txtId': 'img2txt_id',
      'settings.rerankId': 'rerank_id',
      'settings.ttsId': 'tts_id',
      'settings.parserIds': 'parser_ids',
      overrides: 'permissions',
    },
  ],
]

/** The body of every error of this API. */
export const TeamsFailure = z.object({
  code: z.int(),
  message: z.string(),
  /** What became of each address, where nobody could be added; under which the log has more, for a failure inside. */
  data: z.union([z.null(), AddResult, z.object({ request_id: z.string() })]),
})

/** Any failure as this API answers it. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  if (failure instanceof InternalError) {
    return { status: 500, body: { code: 500, message: failure.message, data: { request_id: failure.requestId } } }
  }
  const { status, code, message } = failure instanceof RequestError ? requestError(failure) : wireError(failure, route)
  return { status, body: { code, message, data: null } }
}

function requestError(error: RequestError): Required<WireError> {
  return { message: error.message, ...REQUEST_ERRORS[error.code] }
}

function wireError(error: TenancyError, route: Route | null): Required<WireError> {
  const row = OTHERWISE.find(([path, errors]) => path.test(route?.path ?? '') && errors[error.code])?.[1][error.code]
  return { message: wireMessage(error, route?.path ?? ''), ...(row ?? ERRORS[error.code]) }
}

/** What went wrong, with the field as this API calls it. */
function wireMessage({ message, details }: TenancyError, path: string): string {
  const names = FIELDS.find(([below]) => below.test(path))?.[1]
  return 'field' in details && names ? renameFields(message, details.field, names) : message
}
