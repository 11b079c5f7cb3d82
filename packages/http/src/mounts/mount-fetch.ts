import type { Handler, RequestFacts } from '../handler/handler.js'
import { below, normalBasePath } from './below.js'
import { toFetchResponse, toHandlerRequest } from './fetch-messages.js'

/** What the server knows of a request, and `Request` does not say. */
export type FetchFacts = Partial<Pick<RequestFacts, 'ip' | 'protocol' | 'host'>>

/** A handler as a function of the Fetch API. */
export function mountFetch(handler: Handler<Request>, basePath: string) {
  const mountPath = normalBasePath(basePath)
  return async (request: Request, facts: FetchFacts = {}): Promise<Response | null> => {
    const { pathname, search, protocol, host } = new URL(request.url)
    const url = below(mountPath, `${pathname}${search}`)
    if (url === null) return null
    const known = { protocol: protocol.slice(0, -1), host, ip: undefined, ...facts }
    const value = await handler(toHandlerRequest(request, url), { ...known, native: request, mountPath })
    return value && toFetchResponse(request, value)
  }
}
