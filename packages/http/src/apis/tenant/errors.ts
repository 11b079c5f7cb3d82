import { isTenancyError } from '@tenantry/core'
import type { ErrorCode, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure, RequestErrorCode } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'

/** The status of each error. Its code is the error's own. */
// prettier-ignore
const STATUSES = {
  unauthenticated:             401,
  invalid_credentials:         401,
  forbidden:                   403,
  reauthentication_required:   403,
  self_action_forbidden:         403,
  owner_required:             403,
  last_admin:        403,
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
  email_not_found:              404,
  event_not_found:             404,
  role_not_found:              404,
  resource_not_found:          404,
  setting_rejected:            400,
  notification_not_found:      404,
  invalid_input:               400,
  invalid_email:               400,
  invalid_role:                400,
  invalid_token:               400,
  unsupported_file_type:       400,
  authorization_pending:       400,
  expired_token:       400,
  access_denied:        400,
  already_member:              409,
  already_requested:           409,
  user_owns_tenants:                409,
  slug_taken:                  409,
  short_name_taken:            409,
  email_taken:                 409,
  role_key_taken:                  409,
  role_in_use:                 409,
  resource_already_exists:             409,
  conflict:                    409,
  member_limit_exceeded:       409,
  invitation_limit_exceeded:   409,
  join_request_limit_exceeded: 409,
  tenant_limit_exceeded:       409,
  role_limit_exceeded:         409,
  file_too_large:              413,
  slow_down:                   429,
  recently_declined:           429,
  recently_rejected:           429,
  rate_limited:                429,
  email_limit_exceeded:         429,
  transfer_locked:             429,
  storage_unavailable:         503,
} as const satisfies Record<ErrorCode, number>

// prettier-ignore
const REQUEST_STATUSES = {
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

/** This API's names of what use cases call otherwise. */
const FIELDS: WireFields = { name: 'displayName', slug: 'shortName' }
const FIELDS_OF_USERS: WireFields = { name: 'firstName' }

/** The body of every error of the tenant API. Messages are for people, and name the field where one is wrong. */
export const TenantFailure = z.object({ message: z.string(), code: z.string() })

/** Any failure as the tenant API answers it. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  if (failure instanceof InternalError) {
    return {
      status: 500,
      body: { message: `${failure.message} (request ${failure.requestId})`, code: 'internal_error' },
    }
  }
  if (failure instanceof RequestError) {
    const code = failure.code === 'invalid_field' ? 'invalid_input' : failure.code
    return { status: REQUEST_STATUSES[failure.code], body: { message: failure.message, code } }
  }
  return { status: STATUSES[failure.code], body: { message: messageOf(failure, route), code: failure.code } }
}

function messageOf(failure: TenancyError, route: Route | null): string {
  if (isTenancyError(failure, 'slug_taken')) return 'Another tenant has this short name'
  if (isTenancyError(failure, 'storage_unavailable')) return 'Try again later'
  if (!isTenancyError(failure, 'invalid_input')) return failure.message
  const names = route?.path.endsWith('/users') ? FIELDS_OF_USERS : FIELDS
  return renameFields(failure.message, failure.details.field, names)
}
