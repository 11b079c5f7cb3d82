import { isTenancyError } from '@tenantry/core'
import type { ErrorCode, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { statusOf } from '../../handler/error-statuses.js'
import { InternalError, RequestError } from '../../handler/failure.js'
import type { Failure } from '../../handler/failure.js'
import type { Route } from '../../handler/route.js'
import type { FailureResponse } from '../../handler/api.js'
import { renameFields } from '../../handler/wire-field.js'
import type { WireFields } from '../../handler/wire-field.js'

/** Errors whose status differs from the default. The code is always the error's own. */
const STATUSES: { readonly [Code in ErrorCode]?: number } = { owner_required: 403, last_admin: 403 }

/** The names of the core's fields in this API. */
const FIELDS: WireFields = { name: 'displayName', slug: 'shortName' }
const FIELDS_OF_USERS: WireFields = { name: 'firstName' }

/** The body of every error of the `tenant` API. Messages are for people and name the invalid field. */
export const TenantFailure = z.object({ message: z.string(), code: z.string() })

/** Converts any failure to a response of the `tenant` API. */
export function toFailureResponse(failure: Failure, route: Route | null): FailureResponse {
  if (failure instanceof InternalError) {
    return {
      status: 500,
      body: { message: `${failure.message} (request ${failure.requestId})`, code: 'internal_error' },
    }
  }
  if (failure instanceof RequestError) {
    const code = failure.code === 'invalid_field' ? 'invalid_input' : failure.code
    return { status: statusOf(failure), body: { message: failure.message, code } }
  }
  return {
    status: STATUSES[failure.code] ?? statusOf(failure),
    body: { message: messageOf(failure, route), code: failure.code },
  }
}

function messageOf(failure: TenancyError, route: Route | null): string {
  if (isTenancyError(failure, 'slug_taken')) return 'Another tenant has this short name'
  if (isTenancyError(failure, 'storage_unavailable')) return 'Try again later'
  if (!isTenancyError(failure, 'invalid_input')) return failure.message
  const names = route?.path.endsWith('/users') ? FIELDS_OF_USERS : FIELDS
  return renameFields(failure.message, failure.details.field, names)
}
