import { isTenancyError } from '@tenantry/core'
import type { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { overrideOf, statusOf } from '../../handler/error-statuses.js'
import type { ErrorOverrides } from '../../handler/error-statuses.js'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'

/** A status and the API's code. `message` replaces the error's own message if that is not meant for callers. */
interface WireError {
  readonly status: number
  readonly code: string
  readonly message?: string
}

/** The default codes by status. */
const WORDS: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  409: 'conflict',
  429: 'rate-limited',
  503: 'unavailable',
}

// prettier-ignore
const OVERRIDES: ErrorOverrides<WireError> = {
  invalid_credentials:         { code: 'invalid-credentials' },
  reauthentication_required:   { code: 'reauthentication-required' },
  owner_required:              { status: 403, message: 'Hand the workspace over before leaving it' },
  tenant_not_found:            { code: 'workspace-not-found', message: 'No such workspace' },
  // Restoring an archived workspace is the only call that an inactive workspace accepts.
  tenant_not_active:           ({ status }) => status === 'active' ? { status: 409, message: 'The workspace is active' } : { message: `The workspace is ${status}` },
  invalid_input:               { code: 'invalid-param' },
  invalid_role:                { message: 'No such role, or none that can be given' },
  expired_token:               { code: 'invalid-token' },
  access_denied:               { code: 'invalid-token' },
  self_action_forbidden:       { status: 400, code: 'cannot-operate-self' },
  already_member:              { status: 400 },
  personal_tenant:             { message: 'A personal workspace is its owner’s alone' },
  email_limit_exceeded:        ({ per }) => per === 'ip' ? { status: 400, code: 'email-send-ip-limit' } : {},
  transfer_locked:             { status: 400, code: 'owner-transfer-limit' },
  member_limit_exceeded:       { status: 400, code: 'workspace-members-limit-exceeded' },
  invitation_limit_exceeded:   { status: 400, code: 'workspace-invitations-limit-exceeded' },
  join_request_limit_exceeded: { status: 400, code: 'join-requests-limit-exceeded' },
  tenant_limit_exceeded:       { status: 400, code: 'workspaces-limit-exceeded' },
  role_limit_exceeded:         { status: 400, code: 'workspace-roles-limit-exceeded' },
  storage_unavailable:         { message: 'Try again later' },
}

const REQUEST_CODES: { readonly [Code in RequestErrorCode]?: string } = {
  invalid_field: 'invalid-param',
  no_file: 'no-file-uploaded',
  no_file_name: 'filename-not-exists',
}

/** The names of the core's fields in this API. */
const FIELDS: WireFields = {
  'settings.logoId': 'replace_webapp_logo',
  actorId: 'actor',
  'target.type': 'target',
  'target.id': 'target',
}

/** The body of every error of this API. */
export const ConsoleFailure = z.object({
  code: z.string(),
  message: z.string(),
  status: z.int(),
  /** The first invalid field. */
  params: z.string().optional(),
  /** Request ID of the log entry, on internal errors. */
  request_id: z.string().optional(),
})

/** The code of an error without an entry of its own. */
function codeOf(status: number, code: string): string {
  return WORDS[status] ?? code.replaceAll('_', '-')
}

/** Converts an error of a use case to this API's format. */
export function wireError(error: TenancyError): Required<WireError> {
  const override = overrideOf(OVERRIDES, error)
  const status = override.status ?? statusOf(error)
  return { status, code: codeOf(status, error.code), message: error.message, ...override }
}

/** Converts any failure to a response of this API. */
export function toFailureResponse(failure: Failure): FailureResponse {
  const body: z.infer<typeof ConsoleFailure> = bodyOf(failure)
  return { status: body.status, body }
}

function bodyOf(failure: Failure): z.infer<typeof ConsoleFailure> {
  if (failure instanceof InternalError) {
    return { code: 'internal-error', message: failure.message, status: 500, request_id: failure.requestId }
  }
  if (failure instanceof RequestError) {
    const status = statusOf(failure)
    const code = REQUEST_CODES[failure.code] ?? codeOf(status, failure.code)
    return { code, message: failure.message, status, ...(failure.field === undefined ? {} : { params: failure.field }) }
  }
  const { code, message, status } = wireError(failure)
  if (!isTenancyError(failure, 'invalid_input')) return { code, message, status }
  const field = FIELDS[failure.details.field] ?? failure.details.field
  return { code, message: renameFields(message, failure.details.field, FIELDS), status, params: field || 'body' }
}
