import type { ErrorCode, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { overrideOf, statusOf } from '../../handler/error-statuses.js'
import type { ErrorOverrides } from '../../handler/error-statuses.js'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'
import { AddResult } from './schemas.js'

/** A status and the code in the body. `message` replaces the error's own message if that is not meant for callers. */
interface WireError {
  readonly status: number
  readonly code: number
  readonly message?: string
}

/** The default code of a status. */
const NUMBERS: Readonly<Record<number, number>> = {
  401: 401,
  403: 108,
  404: 102,
  405: 103,
  409: 102,
  429: 103,
  503: 500,
}
const INVALID_ARGUMENT = 101

const NOT_ALLOWED = { status: 403, code: 108 }
const BAD_DATA = { status: 400, code: 102 }
const BAD_OPERATION = { status: 400, code: 103 }
const UNAUTHORIZED = 'Unauthorized: sign in first'

// prettier-ignore
const OVERRIDES: ErrorOverrides<WireError> = {
  unauthenticated:             { message: UNAUTHORIZED },
  invalid_credentials:         { message: 'Unauthorized: email and password do not fit' },
  reauthentication_required:   { code: 103 },
  tenant_not_found:            { message: 'No such team' },
  tenant_not_active:           { message: 'The team is not active' },
  owner_required:              { ...BAD_DATA, message: 'Not on the owner of the team' },
  member_not_found:            { message: 'No such user in the team' },
  setting_rejected:            BAD_DATA,
  invalid_email:               BAD_OPERATION,
  email_taken:                 BAD_OPERATION,
  user_owns_tenants:           BAD_OPERATION,
  last_admin:                  BAD_OPERATION,
  self_action_forbidden:       BAD_DATA,
  already_member:              BAD_DATA,
  version_mismatch:            { status: 409 },
  authorization_pending:       BAD_OPERATION,
  expired_token:               BAD_OPERATION,
  access_denied:               BAD_OPERATION,
  member_limit_exceeded:       BAD_OPERATION,
  invitation_limit_exceeded:   BAD_OPERATION,
  join_request_limit_exceeded: BAD_OPERATION,
  tenant_limit_exceeded:       BAD_OPERATION,
  role_limit_exceeded:         BAD_OPERATION,
  storage_unavailable:         { message: 'Try again later' },
}

/** Errors that differ for certain paths. */
const OTHERWISE: readonly (readonly [path: RegExp, errors: { readonly [Code in ErrorCode]?: WireError }])[] = [
  // Another user's account and an unknown account get the same error.
  [/^\/user\/|^\/tenant\/create$/, { forbidden: { status: 403, code: 403 }, user_not_found: BAD_DATA }],
  [/\/user\/remove$/, { member_not_found: { ...BAD_DATA, message: 'No such user in the team' } }],
  // A user cannot learn which teams exist by sharing a canvas with them.
  [
    /^\/canvas\//,
    { forbidden: refusedCanvas(), tenant_not_found: refusedCanvas(), tenant_not_active: refusedCanvas() },
  ],
]

function refusedCanvas(): WireError {
  return { ...NOT_ALLOWED, message: 'You lack the permission for this canvas or team' }
}

/** The names of the core's fields in this API, by path. */
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
  /** The result for each address if none could be added, or the request ID of the log entry on internal errors. */
  data: z.union([z.null(), AddResult, z.object({ request_id: z.string() })]),
})

/** Converts any failure to a response of this API. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  if (failure instanceof InternalError) {
    return { status: 500, body: { code: 500, message: failure.message, data: { request_id: failure.requestId } } }
  }
  const { status, code, message } = failure instanceof RequestError ? requestError(failure) : wireError(failure, route)
  return { status, body: { code, message, data: null } }
}

function requestError(error: RequestError): Required<WireError> {
  const status = statusOf(error)
  return { status, code: numberOf(status), message: status === 401 ? UNAUTHORIZED : error.message }
}

function wireError(error: TenancyError, route: Route | null): Required<WireError> {
  const below = OTHERWISE.find(([path, errors]) => path.test(route?.path ?? '') && errors[error.code])?.[1][error.code]
  const override = below ?? overrideOf(OVERRIDES, error)
  const status = override.status ?? statusOf(error)
  return { status, code: numberOf(status), message: wireMessage(error, route?.path ?? ''), ...override }
}

function numberOf(status: number): number {
  return NUMBERS[status] ?? INVALID_ARGUMENT
}

/** The error message, with the API's name of the field. */
function wireMessage({ message, details }: TenancyError, path: string): string {
  const names = FIELDS.find(([below]) => below.test(path))?.[1]
  return 'field' in details && names ? renameFields(message, details.field, names) : message
}
