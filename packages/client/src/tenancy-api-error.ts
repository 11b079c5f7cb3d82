import type { ErrorDetails, RequestErrorCode } from './generated/tenancy-errors.js'

/** The details of each error code, as in the core. */
export interface TenancyApiErrorDetails
  extends ErrorDetails, Record<Exclude<RequestErrorCode, keyof ErrorDetails>, Readonly<Record<string, unknown>>> {
  /** An internal server error, which the server has logged under this ID. */
  internal_error: { readonly requestId: string | null }
  /** The response is not from the API: a proxy failed, or `baseUrl` is wrong. */
  unexpected_response: { readonly body: unknown }
}

/** The error codes of the core and of invalid requests. A newer server may have others. */
export type TenancyApiErrorCode = keyof TenancyApiErrorDetails

/** An error response. `code` is stable; `message` is English text for people and may change. */
export class TenancyApiError<Code extends TenancyApiErrorCode = TenancyApiErrorCode> extends Error {
  override readonly name = 'TenancyApiError'
  readonly code: Code
  /** The HTTP status of the response. */
  readonly status: number
  readonly details: TenancyApiErrorDetails[Code]

  constructor(
    code: Code,
    message: string,
    { status, details }: { readonly status: number; readonly details: TenancyApiErrorDetails[Code] },
  ) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}

/** Whether an error is a {@link TenancyApiError}, with this code when one is given. */
export function isTenancyApiError<Code extends TenancyApiErrorCode = TenancyApiErrorCode>(
  error: unknown,
  code?: Code,
): error is TenancyApiError<Code> {
  return error instanceof TenancyApiError && (code === undefined || error.code === code)
}

/** The body of an error (RFC 9457). */
interface Problem {
  readonly code: TenancyApiErrorCode
  readonly detail: string
  readonly errors?: readonly { readonly field: string }[]
  readonly details?: Readonly<Record<string, unknown>>
  readonly requestId?: string
}

/**
 * Converts an error response to the error to throw. Its details are those of the core, including the field and the
 * waiting time.
 */
export function toApiError({ status, headers }: Response, body: unknown): TenancyApiError {
  if (!isProblem(body)) {
    const message = `The response has the status ${status} and is not an error of the API`
    return new TenancyApiError('unexpected_response', message, { status, details: { body } })
  }
  const { code, detail, errors, requestId } = body
  const retryAfter = headers.get('Retry-After')
  const details = {
    ...(errors?.[0] && { field: errors[0].field }),
    ...(retryAfter !== null && { retryAfterMs: Number(retryAfter) * 1000 }),
    ...(code === 'internal_error' && { requestId: requestId ?? null }),
    ...body.details,
  }
  return new TenancyApiError(code, detail, { status, details })
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'detail' in body
  )
}
