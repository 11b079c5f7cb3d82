import { Router } from 'express'
import type { NextFunction, Request, Response } from 'express'
import { activityRecorder } from './activity.js'
import { RequestError } from './failure.js'
import { handleRequest } from './handle-request.js'
import type { Binding } from './handle-request.js'
import { originsOf } from './origins.js'
import type { Route } from './route.js'
import { sendFailure, setHeaders } from './send.js'
import type { RouterOptions, Api } from './api.js'

/**
 * Turns an API's table into a router. Paths it does not know go on to whatever the host has next. Of a path it knows,
 * it answers OPTIONS, and refuses other methods; those of a public path go on where a host may have pages there.
 */
export function bindApi(api: Api, { logger = console, ...options }: RouterOptions): Router {
  const recordLastActivity = activityRecorder(logger)
  const binding: Binding = { ...options, api, logger, recordLastActivity, origins: originsOf(options) }
  // What the paths that matched a request would take, for requests whose method none of them has.
  const alternatives = new WeakMap<Request, Route[]>()
  const router = Router({ caseSensitive: true })

  for (const [path, routes] of byPath(api.routes)) {
    router.all(toExpressPath(path), (request: Request, response: Response, next: NextFunction) => {
      const method = request.method === 'HEAD' ? 'GET' : request.method
      const route = routes.find((one) => one.method === method)
      if (route) return void handleRequest(binding, route, request, response).catch(next)
      alternatives.set(request, [...(alternatives.get(request) ?? []), ...routes])
      next()
    })
  }

  router.use((request: Request, response: Response, next: NextFunction) => {
    const routes = alternatives.get(request) ?? []
    const isOptions = request.method === 'OPTIONS'
    if (routes.length === 0 || (!isOptions && api.hasHostPages && routes.some((route) => route.public))) return next()
    response.set('Allow', allowed(routes))
    if (isOptions) {
      setHeaders(response, api)
      return void response.status(204).end()
    }
    const error = new RequestError('method_not_allowed', `${request.method} is not a method of this path`)
    sendFailure(response, { api, route: null, error, logger })
  })

  // Express reports here that a parameter is no valid percent-encoding; errors of routes never get this far.
  router.use((cause: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const isBadPath = cause instanceof URIError || (cause instanceof Error && 'status' in cause && cause.status === 400)
    const error = isBadPath
      ? new RequestError('invalid_field', 'path: invalid percent-encoding', { field: 'path', cause })
      : cause
    sendFailure(response, { api, route: null, error, logger })
  })
  return router
}

/** In the order of the table, paths without parameters first: they are never an id. */
function byPath(routes: readonly Route[]): Map<string, Route[]> {
  const paths = [...new Set(routes.map((route) => route.path))].sort(
    (left, right) => Number(left.includes('{')) - Number(right.includes('{')),
  )
  return new Map(paths.map((path) => [path, routes.filter((route) => route.path === path)]))
}

function toExpressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function allowed(routes: readonly Route[]): string {
  const methods = new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))
  return [...methods, 'OPTIONS'].join(', ')
}
