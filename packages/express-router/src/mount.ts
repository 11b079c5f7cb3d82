import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Handler, HandlerRequest } from '@tenantry/http'
import { hasBody, sendNodeResponse, toHandlerRequest } from '@tenantry/http/node'
import { factsOf } from './request-facts.js'

/** A handler as middleware of Express 4 and 5. What is not for it goes on to the host. */
export function mount(handler: Handler<Request>): RequestHandler {
  const handle = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const incoming = toHandlerRequest(request, request.url, bodyOf(request))
    const value = await handler(incoming, factsOf(request, request.baseUrl))
    if (value === null) next()
    else await sendNodeResponse(request, response, value)
  }
  return (request, response, next) => void handle(request, response, next).catch(next)
}

/** The body, or what a parser of the host has made of it. */
function bodyOf(request: Request): HandlerRequest['body'] | undefined {
  if (!isRead(request)) return undefined
  const parsed: unknown = request.body
  return isNothing(parsed) && !hasBody(request) ? null : { parsed }
}

/** Whether somebody before us has read the body; Express 4 then leaves an empty object even where it did not. */
function isRead(request: Request): boolean {
  const { body } = request as { readonly body?: unknown }
  if (body === undefined) return false
  return !isNothing(body) || '_body' in request || request.readableEnded
}

function isNothing(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0
}
