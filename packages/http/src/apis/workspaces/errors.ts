import { isTenancyError } from '@tenantry/core'
import type { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { overrideOf, statusOf } from '../../handler/error-statuses.js'
import type { ErrorOverrides } from '../../handler/error-statuses.js'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'

/** A status and a message. Default: the error's own message. */
interface WireError {
  readonly status: number
  readonly message?: string
}

/** The default messages by status. */
const MESSAGES: Readonly<Record<number, string>> = {
  429: 'Too many requests; wait and try again',
  503: 'Unavailable; try again later',
}

// prettier-ignore
const OVERRIDES: ErrorOverrides<WireError> = {
  unauthenticated:             { message: 'Access token is missing or invalid' },
  invalid_credentials:         { message: 'Email or password is wrong' },
  forbidden:                   ({ permission }) => ({ message: permission ? `This needs the permission ${permission}` : 'Insufficient permissions' }),
  owner_required:              { status: 403, message: 'The owner hands the workspace over before leaving' },
  tenant_not_found:            { message: 'Workspace not found' },
  tenant_not_active:           ({ status }) => ({ message: `The workspace is ${status}` }),
  email_not_found:             { message: 'Mail not found' },
  resource_not_found:          { message: 'Protocol not found' },
  invalid_token:               { message: 'The token is wrong, was used, or has expired' },
  self_action_forbidden:       { status: 400 },
  personal_tenant:             { message: 'A personal workspace is its owner’s alone' },
  recently_rejected:           { message: 'You were rejected not long ago; wait and try again' },
  member_limit_exceeded:       { status: 403, message: 'The workspace is full' },
  invitation_limit_exceeded:   { status: 403 },
  join_request_limit_exceeded: { status: 403, message: 'Too many requests wait for an answer' },
  tenant_limit_exceeded:       { status: 403, message: 'You have as many workspaces as you may have' },
  role_limit_exceeded:         { status: 403 },
  file_too_large:              { message: 'The file is too large' },
}

/** The names of the core's fields in a protocol. If the whole is too large, the error names the steps. */
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

/** Converts any failure to a response of this API. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  if (failure instanceof InternalError) return response({ status: 500 }, failure.message, failure.requestId)
  if (failure instanceof RequestError) return response({ status: statusOf(failure) }, failure.message)
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
  const override = overrideOf(OVERRIDES, error)
  const status = override.status ?? statusOf(error)
  const message = status === 404 ? inWords(error.code) : MESSAGES[status]
  return { status, ...(message === undefined ? {} : { message }), ...override }
}

/** Converts a code to a message: `member_not_found` to "Member not found". */
function inWords(code: string): string {
  const words = code.replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
