import { isTenancyError } from '@tenantry/core'
import { z } from 'zod'
import type { FailureResponse } from '../../handler/api.js'
import { statusOf } from '../../handler/error-statuses.js'
import { InternalError, RequestError, retryAfterSeconds } from '../../handler/failure.js'
import type { Failure } from '../../handler/failure.js'

/** The media type of all errors (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json'

/**
 * The body of all errors. `type` is an identifier, not a page; its last part is `code`. `title` is the meaning of the
 * code, and `detail` the specific problem; both are for people and may change.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** The invalid fields of the request, each with its path, such as `emails.0`. */
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  /** The details of the code, such as the `limit` that was exceeded. */
  details: z.record(z.string(), z.unknown()).optional(),
  /** Request ID of the log entry, on internal errors. */
  requestId: z.string().optional(),
})

/** Converts any failure to a problem. */
export function toProblem(failure: Failure): z.infer<typeof Problem> {
  const { status, code } = statusAndCode(failure)
  const field = fieldOf(failure)
  const details = detailsOf(failure)
  return {
    type: `urn:tenantry:error:${code}`,
    title: inWords(code),
    status,
    detail: isTenancyError(failure, 'storage_unavailable') ? 'Try again later' : failure.message,
    code,
    ...(field === undefined ? {} : { errors: [{ field, detail: failure.message }] }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(failure instanceof InternalError ? { requestId: failure.requestId } : {}),
  }
}

/** Converts any failure to a response of this API. A temporary one has the headers `RateLimit` and `Retry-After`. */
export function toFailureResponse(failure: Failure): FailureResponse {
  const body = toProblem(failure)
  const { status, code } = body
  const seconds = retryAfterSeconds(failure)
  return seconds === null ? { status, body } : { status, body, headers: { RateLimit: `"${code}";r=0;t=${seconds}` } }
}

function statusAndCode(failure: Failure): { readonly status: number; readonly code: string } {
  if (failure instanceof InternalError) return { status: 500, code: 'internal_error' }
  const code = failure.code === 'invalid_field' ? 'invalid_input' : failure.code
  return { status: statusOf(failure), code }
}

function fieldOf(failure: Failure): string | undefined {
  if (failure instanceof RequestError) return failure.field
  if (!isTenancyError(failure) || !('field' in failure.details)) return undefined
  return failure.details.field || undefined
}

/** The details of an error, without those that other fields or headers contain. */
function detailsOf(failure: Failure): Readonly<Record<string, unknown>> {
  if (!isTenancyError(failure)) return {}
  const { field: _, retryAfterMs: __, ...details } = Object.fromEntries(Object.entries(failure.details))
  return details
}

/** Converts a code to a title: `tenant_not_found` to "Tenant not found". */
function inWords(code: string): string {
  const words = code.replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
