import { randomUUID } from 'node:crypto'
import { isTenancyError } from '@tenantry/core'
import type { Logger } from '@tenantry/core'
import type { Api } from './api.js'
import { revalidated } from './entity-tag.js'
import { InternalError, RequestError, retryAfterSeconds } from './failure.js'
import type { Failure } from './failure.js'
import type { HandlerRequest, HandlerResponse } from './handler.js'
import { Reply } from './route.js'
import type { Route } from './route.js'
import { beginStream, isStream } from './stream.js'

interface Answering {
  readonly api: Api
  readonly route: Route
  readonly request: HandlerRequest
  /** Called with the error if a stream fails after its first chunk. */
  readonly onBroken: (error: unknown) => void
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

/** Converts a route's result to a response. Rejects if the first chunk of a stream fails. */
export async function toResponse(
  { api, route, request, onBroken }: Answering,
  result: unknown,
): Promise<HandlerResponse> {
  const { content, ...reply } = result instanceof Reply ? result : new Reply(result)
  const status = reply.status ?? route.status ?? 200
  const headers = { ...commonHeaders(api), ...reply.headers }
  if (isStream(content)) {
    const pieces = await beginStream(content, onBroken)
    if (request.method !== 'HEAD') return { status, headers, body: pieces }
    await pieces.return()
    return { status, headers, body: null }
  }
  if (content === undefined) return { status, headers, body: null }
  if (content instanceof Uint8Array) return revalidated(request, { status, headers, body: content })
  return revalidated(request, { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(content) })
}

interface Failed {
  readonly api: Api
  readonly route: Route | null
  readonly error: unknown
  readonly logger: Logger
}

/**
 * Converts an error to a response in the API's format. An internal error is logged with a request ID, and the client
 * sees only that ID.
 */
export function toErrorResponse({ api, route, error, logger }: Failed): HandlerResponse {
  const failure = toFailure(error, (details, message) =>
    logger.error({ ...details, api: api.name, route: route && `${route.method} ${route.path}` }, message),
  )
  const { status, body, headers } = api.toFailureResponse(failure, route)
  const retryAfter = retryAfterSeconds(failure)
  return {
    status,
    headers: {
      ...commonHeaders(api),
      ...JSON_TYPE,
      ...(api.failureType && { 'Content-Type': `${api.failureType}; charset=utf-8` }),
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(retryAfter !== null && { 'Retry-After': String(retryAfter) }),
      ...headers,
    },
    body: JSON.stringify(body),
  }
}

/** The headers of every API response. */
export function commonHeaders(api: Api): Readonly<Record<string, string>> {
  return { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...api.headers }
}

function toFailure(error: unknown, log: (details: object, message: string) => void): Failure {
  if (error instanceof RequestError) return error
  if (isTenancyError(error)) {
    if (error.code === 'storage_unavailable') log({ error }, 'the storage is unavailable')
    return error
  }
  const requestId = randomUUID()
  log({ error, requestId }, 'a request failed')
  return new InternalError(requestId)
}
