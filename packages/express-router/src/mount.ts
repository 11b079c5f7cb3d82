import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Handler, HandlerRequest } from '@tenantry/http'
import { hasBody, sendNodeResponse, toHandlerRequest } from '@tenantry/http/node'
import { factsOf } from './request-facts.js'

/** A handler as middleware for Express 4 and 5. Other requests fall through to the host. */
export function mount(handler: Handler<Request>): RequestHandler {
  const handle = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const incoming = toHandlerRequest(request, request.url, bodyOf(request))
    const value = await handler(incoming, factsOf(request, request.baseUrl))
    if (value === null) next()
    else await sendNodeResponse(request, response, value)
  }
  return (request, response, next) => void handle(request, response, next).catch(next)
}

/** The unread body, or the result of a body parser of the host. */
function bodyOf(request: Request): HandlerRequest['body'] | undefined {
  if (!isRead(request)) return undefined
  const parsed: unknown = request.body
  return isNothing(parsed) && !hasBody(request) ? null : { parsed }
}

/** Whether a body parser has already read the body. Express 4 sets an empty object even if none did. */
function isRead(request: Request): boolean {
  const { body } = request as { readonly body?: unknown }
  if (body === undefined) return false
  return !isNothing(body) || '_body' in request || request.readableEnded
}

function isNothing(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0
}
