import { randomUUID } from 'node:crypto'
import { isTenancyError } from '@tenantry/core'
import type { Logger } from '@tenantry/core'
import type { Response } from 'express'
import { InternalError, RequestError } from './failure.js'
import type { Failure } from './failure.js'
import { Reply } from './route.js'
import type { Route } from './route.js'
import { isStream, sendStream } from './stream.js'
import type { Api } from './api.js'

/** Sends what a route answered. Rejects when a piece of it could not be made; the client is told while it still can be. */
export async function sendResponse(response: Response, api: Api, route: Route, result: unknown): Promise<void> {
  const reply = result instanceof Reply ? result : new Reply(result)
  const begin = () => {
    setHeaders(response, api)
    response.set(reply.headers)
    response.status(reply.status ?? route.status ?? 200)
  }
  if (isStream(reply.content)) return sendStream(response, reply.content, begin)
  begin()
  if (reply.content === undefined) response.end()
  else if (reply.content instanceof Uint8Array) response.send(Buffer.from(reply.content))
  else response.json(reply.content)
}

/** Sends a failure in the API's words. What is not ours is logged under a request id, and told by that alone. */
export function sendFailure(
  response: Response,
  { api, route, error, logger }: { api: Api; route: Route | null; error: unknown; logger: Logger },
): void {
  const failure = toFailure(error, (details, message) =>
    logger.error({ ...details, api: api.name, route: route && `${route.method} ${route.path}` }, message),
  )
  // A part of the answer has left: all that can be said is that it is not whole.
  if (response.headersSent || response.destroyed) return void response.destroy()
  const { status, body, headers = {} } = api.toFailureResponse(failure, route)
  setHeaders(response, api)
  response.set(headers)
  if (api.failureType !== undefined) response.type(api.failureType)
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  const retryAfter = retryAfterSeconds(failure)
  if (retryAfter !== null) response.set('Retry-After', String(retryAfter))
  response.status(status).json(body)
}

/** What every answer of an API has. */
export function setHeaders(response: Response, api: Api): void {
  response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...api.headers })
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

function retryAfterSeconds(failure: Failure): number | null {
  if (!isTenancyError(failure) || !('retryAfterMs' in failure.details)) return null
  return Math.max(1, Math.ceil(failure.details.retryAfterMs / 1000))
}
