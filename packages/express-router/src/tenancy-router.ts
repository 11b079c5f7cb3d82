import type { Request, RequestHandler } from 'express'
import { createApiHandler, createHandler } from '@tenantry/http'
import type { ApiOptions, HandlerOptions, OpenapiOptions, TeamsOptions, TenantOptions } from '@tenantry/http'
import { mount } from './mount.js'

/** What {@link tenancyRouter} takes. */
export type TenancyRouterOptions = HandlerOptions<Request>

/** What every router of one API takes, besides the options of that API. */
export type RouterOptions = ApiOptions<Request>

/**
 * The APIs that `apis` names as one router: without `apis`, our own API below `/tenancy`. Paths it does not know go on to
 * the host.
 *
 * @throws {TypeError} for an option or an API that does not exist, or a prefix that is no path.
 *
 * @example
 * app.use(tenancyRouter({ tenancy, authenticate: (request) => request.user && { userId: request.user.id } }))
 */
export function tenancyRouter(options: TenancyRouterOptions): RequestHandler {
  return mount(createHandler(options, 'tenancyRouter'))
}

/**
 * The console API alone, to mount anywhere.
 *
 * @example
 * app.use('/console/api', consoleRouter({ tenancy }))
 */
export function consoleRouter(options: RouterOptions): RequestHandler {
  return mount(createApiHandler('console', options, 'consoleRouter'))
}

/**
 * The API for programs with a token alone, to mount anywhere, with the page `/device` on which people approve them.
 *
 * @example
 * app.use('/api', openapiRouter({ tenancy }))
 */
export function openapiRouter(options: RouterOptions & OpenapiOptions): RequestHandler {
  return mount(createApiHandler('openapi', options, 'openapiRouter'))
}

/**
 * The API of a tenant, its users and the organization above it alone, to mount anywhere.
 *
 * @example
 * app.use('/api', tenantRouter({ tenancy }))
 */
export function tenantRouter(options: RouterOptions & TenantOptions): RequestHandler {
  return mount(createApiHandler('tenant', options, 'tenantRouter'))
}

/**
 * The API of teams, users and canvases alone, to mount anywhere.
 *
 * @example
 * app.use('/v1', teamsRouter({ tenancy }))
 */
export function teamsRouter(options: RouterOptions & TeamsOptions): RequestHandler {
  return mount(createApiHandler('teams', options, 'teamsRouter'))
}

/**
 * The API of workspaces that people find and join, and of their protocols, alone, to mount anywhere.
 *
 * @example
 * app.use('/api', workspacesRouter({ tenancy }))
 */
export function workspacesRouter(options: RouterOptions): RequestHandler {
  return mount(createApiHandler('workspaces', options, 'workspacesRouter'))
}
