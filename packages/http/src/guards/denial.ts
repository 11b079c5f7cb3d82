import { isTenancyError } from '@tenantry/core'
import type { TenancyError } from '@tenantry/core'
import { PROBLEM_TYPE, toProblem } from '../apis/tenancy/errors.js'
import { RequestError, retryAfterSeconds } from '../handler/failure.js'

/** The reason for denying a request: a status, a stable code and a message for people. */
export interface Denial {
  readonly status: number
  readonly code: string
  readonly message: string
  /** The problem details (RFC 9457) that a guard returns by default. */
  readonly problem: object
  readonly error: TenancyError | Error
}

/** The denial for an error; `null` for an error of the host or the database driver. */
export function denialOf(error: unknown): Denial | null {
  if (!isTenancyError(error) && !(error instanceof RequestError)) return null
  const problem = toProblem(error)
  const { status, code, detail } = problem
  return { status, code, message: detail, problem, error }
}

/** The headers of a denial: no caching, and `Retry-After` if the error is temporary. */
export function denialHeaders({ error }: Denial): Readonly<Record<string, string>> {
  const general = { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
  const retryAfter = retryAfterSeconds(error)
  return retryAfter === null ? general : { ...general, 'Retry-After': String(retryAfter) }
}
