import type { Request, RequestHandler } from 'express'
import { createApiHandler, createHandler } from '@tenantry/http'
import type { ApiOptions, HandlerOptions, OpenapiOptions, TeamsOptions, TenantOptions } from '@tenantry/http'
import { mount } from './mount.js'

/** The options of {@link tenancyRouter}. */
export type TenancyRouterOptions = HandlerOptions<Request>

/** The options of every router for a single API, in addition to those of the API. */
export type RouterOptions = ApiOptions<Request>

/**
 * One router for the APIs in `apis`; by default the `tenancy` API below `/tenancy`. Unmatched paths fall through to
 * your own routes.
 *
 * @throws {TypeError} for an unknown option or API, or an invalid prefix.
 *
 * @example
 * app.use(tenancyRouter({ tenancy, authenticate: (request) => request.user && { userId: request.user.id } }))
 */
export function tenancyRouter(options: TenancyRouterOptions): RequestHandler {
  return mount(createHandler(options, 'tenancyRouter'))
}

/**
 * The `console` API at any path.
 *
 * @example
 * app.use('/console/api', consoleRouter({ tenancy }))
 */
export function consoleRouter(options: RouterOptions): RequestHandler {
  return mount(createApiHandler('console', options, 'consoleRouter'))
}

/**
 * The `openapi` API for programs with an access token, at any path, with the page `/device` for approving devices.
 *
 * @example
 * app.use('/api', openapiRouter({ tenancy }))
 */
export function openapiRouter(options: RouterOptions & OpenapiOptions): RequestHandler {
  return mount(createApiHandler('openapi', options, 'openapiRouter'))
}

/**
 * The `tenant` API at any path: a tenant, its users and its organization.
 *
 * @example
 * app.use('/api', tenantRouter({ tenancy }))
 */
export function tenantRouter(options: RouterOptions & TenantOptions): RequestHandler {
  return mount(createApiHandler('tenant', options, 'tenantRouter'))
}

/**
 * The `teams` API at any path: teams, users and canvases.
 *
 * @example
 * app.use('/v1', teamsRouter({ tenancy }))
 */
export function teamsRouter(options: RouterOptions & TeamsOptions): RequestHandler {
  return mount(createApiHandler('teams', options, 'teamsRouter'))
}

/**
 * The `workspaces` API at any path: discoverable workspaces and their protocols.
 *
 * @example
 * app.use('/api', workspacesRouter({ tenancy }))
 */
export function workspacesRouter(options: RouterOptions): RequestHandler {
  return mount(createApiHandler('workspaces', options, 'workspacesRouter'))
}
