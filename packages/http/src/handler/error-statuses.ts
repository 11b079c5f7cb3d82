import type { ErrorCode, ErrorDetails, TenancyError } from '@tenantry/core'
import { RequestError } from './failure.js'
import type { RequestErrorCode } from './failure.js'

/** The default status of each error code. */
// prettier-ignore
const ERROR_STATUSES = {
  unauthenticated:             401,
  invalid_credentials:         401,
  forbidden:                   403,
  reauthentication_required:   403,
  self_action_forbidden:       403,
  tenant_not_active:           403,
  personal_tenant:             403,
  join_not_allowed:            403,
  tenant_not_found:            404,
  organization_not_found:      404,
  member_not_found:            404,
  invitation_not_found:        404,
  join_request_not_found:      404,
  user_not_found:              404,
  access_token_not_found:      404,
  file_not_found:              404,
  email_not_found:             404,
  event_not_found:             404,
  role_not_found:              404,
  resource_not_found:          404,
  notification_not_found:      404,
  setting_rejected:            400,
  invalid_input:               400,
  invalid_email:               400,
  invalid_role:                400,
  invalid_token:               400,
  unsupported_file_type:       400,
  authorization_pending:       400,
  expired_token:               400,
  access_denied:               400,
  owner_required:              409,
  last_admin:                  409,
  already_member:              409,
  already_requested:           409,
  user_owns_tenants:           409,
  slug_taken:                  409,
  short_name_taken:            409,
  email_taken:                 409,
  role_key_taken:              409,
  role_in_use:                 409,
  resource_already_exists:     409,
  conflict:                    409,
  member_limit_exceeded:       409,
  invitation_limit_exceeded:   409,
  join_request_limit_exceeded: 409,
  tenant_limit_exceeded:       409,
  role_limit_exceeded:         409,
  version_mismatch:            412,
  file_too_large:              413,
  slow_down:                   429,
  recently_declined:           429,
  recently_rejected:           429,
  rate_limited:                429,
  email_limit_exceeded:        429,
  transfer_locked:             429,
  storage_unavailable:         503,
} as const satisfies Record<ErrorCode, number>

/** The default status of each request error. */
// prettier-ignore
const REQUEST_ERROR_STATUSES = {
  no_token:             401,
  unknown_token_prefix: 401,
  unknown_token:        401,
  wrong_surface:        403,
  cross_site:           403,
  invalid_field:        400,
  invalid_json:         400,
  no_file:              400,
  too_many_files:       400,
  no_file_name:         400,
  method_not_allowed:   405,
  body_too_large:       413,
  file_too_large:       413,
} as const satisfies Record<RequestErrorCode, number>

/** An API's exceptions from the defaults, by error code: a status, or its own entry. */
export type ErrorOverrides<Wire> = {
  readonly [Code in ErrorCode]?: Partial<Wire> | ((details: ErrorDetails[Code]) => Partial<Wire>)
}

/** The API's exception for an error, or `undefined`. */
export function overrideOf<Wire>(overrides: ErrorOverrides<Wire>, { code, details }: TenancyError): Partial<Wire> {
  // The row and the details belong to the same code, which TypeScript cannot infer through the index.
  const row = overrides[code] as Partial<Wire> | ((details: unknown) => Partial<Wire>) | undefined
  return typeof row === 'function' ? row(details) : (row ?? {})
}

/** The default status of an error. */
export function statusOf(failure: TenancyError | RequestError): number {
  return failure instanceof RequestError ? REQUEST_ERROR_STATUSES[failure.code] : ERROR_STATUSES[failure.code]
}
