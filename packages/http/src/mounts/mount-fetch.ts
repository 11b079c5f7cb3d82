import type { Handler } from '../handler/handler.js'
import { below, normalBasePath } from './below.js'
import { factsOf, pathOf, toFetchResponse, toHandlerRequest } from './fetch-messages.js'
import type { FetchFacts } from './fetch-messages.js'

/** Turns a handler into a Fetch API function. */
export function mountFetch(handler: Handler<Request>, basePath: string) {
  const mountPath = normalBasePath(basePath)
  return async (request: Request, facts: FetchFacts = {}): Promise<Response | null> => {
    const url = below(mountPath, pathOf(request))
    if (url === null) return null
    const value = await handler(toHandlerRequest(request, url), factsOf(request, mountPath, facts))
    return value && toFetchResponse(request, value)
  }
}
