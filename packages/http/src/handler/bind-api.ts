import { activityRecorder } from './activity.js'
import type { Api, RouterOptions } from './api.js'
import { RequestError } from './failure.js'
import { handleRequest } from './handle-request.js'
import type { Binding, Incoming } from './handle-request.js'
import type { HandlerResponse } from './handler.js'
import { matchPaths } from './match-path.js'
import type { PathMatch } from './match-path.js'
import { originsOf } from './origins.js'
import type { Route } from './route.js'
import { commonHeaders, toErrorResponse } from './to-response.js'

/** Handles a request by its path below the API's prefix; returns `null` if the API has no such path. */
type BoundApi = (path: string, incoming: Incoming) => Promise<HandlerResponse> | null

/**
 * Turns an API's table into a handler. Unknown paths fall through to the host. On a known path it responds to OPTIONS
 * and rejects other methods with 405, unless the path is public and the API lets the host have pages there.
 */
export function bindApi(api: Api, { logger = console, ...options }: RouterOptions): BoundApi {
  const recordLastActivity = activityRecorder(logger)
  const binding: Binding = { ...options, api, logger, recordLastActivity, origins: originsOf(options) }
  const match = matchPaths(api.routes)

  const refuse = (error: unknown) => toErrorResponse({ api, route: null, error, logger })

  function respond(matches: readonly PathMatch<Route>[], incoming: Incoming): Promise<HandlerResponse> | null {
    const { method } = incoming.request
    const wanted = method === 'HEAD' ? 'GET' : method
    const found = matches.find(({ row }) => row.method === wanted)
    if (found) return handleRequest(binding, found.row, { ...incoming, params: found.params() })
    const isHostPage = api.hasHostPages === true && matches.some(({ row }) => row.public)
    if (matches.length === 0 || (isHostPage && method !== 'OPTIONS')) return null
    return Promise.resolve(withoutRoute(matches, method))
  }

  function withoutRoute(matches: readonly PathMatch<Route>[], method: string): HandlerResponse {
    const allow = { Allow: allowed(matches.map(({ row }) => row)) }
    if (method === 'OPTIONS') return { status: 204, headers: { ...commonHeaders(api), ...allow }, body: null }
    const refusal = refuse(new RequestError('method_not_allowed', `${method} is not a method of this path`))
    return { ...refusal, headers: { ...refusal.headers, ...allow } }
  }

  return (path, incoming) => {
    const matches = match(path)
    try {
      return respond(matches, incoming)
    } catch (error) {
      return Promise.resolve(refuse(error))
    }
  }
}

function allowed(routes: readonly Route[]): string {
  const methods = new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))
  return [...methods, 'OPTIONS'].join(', ')
}
