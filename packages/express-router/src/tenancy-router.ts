import { Router } from 'express'
import { accountsOf, APIS, bindApi, checkOptions, createApi, devicePageRouter, docsRouter } from '@tenantry/http'
import type { ApiName, ApiOptions } from '@tenantry/http'

export interface TenancyRouterOptions extends ApiOptions {
  /** Which APIs, and under which path. Default: all there are, each at its default mount. */
  readonly apis?: { readonly [Name in ApiName]?: true | { readonly prefix: string } }
  /** Whether to serve `/openapi.json` and a readable page at `/docs`. Default `true`. */
  readonly docs?: boolean
}

/**
 * Everything the library offers over HTTP, as one router to mount. Paths it does not know go on to the host.
 *
 * @throws {TypeError} for an option or an API that does not exist, or a prefix that is no path.
 *
 * @example
 * app.use(tenancyRouter({ tenancy, authenticate: (request) => request.user && { userId: request.user.id } }))
 */
export function tenancyRouter(given: TenancyRouterOptions): Router {
  checkOptions('tenancyRouter', given, { apis: true, docs: true })
  const { apis, docs = true, ...options } = given
  const router = Router({ caseSensitive: true })
  const mounts = chosen(apis).map(({ name, prefix }) => ({
    name,
    prefix,
    api: createApi(name, prefix, options),
  }))
  // Before the apis: they hand on what they do not know, but these paths are never theirs.
  if (docs) router.use(docsRouter(mounts))
  const openapi = mounts.find(({ name }) => name === 'openapi')
  if (openapi) router.use(devicePageRouter({ api: openapi.prefix, accounts: accountsOf(options) }))
  for (const { prefix, api } of mounts) router.use(prefix, bindApi(api, options))
  return router
}

/**
 * The console API alone, to mount anywhere.
 *
 * @example
 * app.use('/console/api', consoleRouter({ tenancy }))
 */
export function consoleRouter(options: ApiOptions): Router {
  checkOptions('consoleRouter', options)
  return bindApi(createApi('console', '/', options), options)
}

/**
 * The API for programs with a token alone, to mount anywhere, with the page `/device` on which people approve them.
 *
 * @example
 * app.use('/api', openapiRouter({ tenancy }))
 */
export function openapiRouter(options: ApiOptions): Router {
  checkOptions('openapiRouter', options)
  const router = Router({ caseSensitive: true })
  router.use(devicePageRouter({ api: '/', accounts: accountsOf(options) }))
  router.use(bindApi(createApi('openapi', '/', options), options))
  return router
}

/**
 * The API of a tenant, its users and the organization above it alone, to mount anywhere.
 *
 * @example
 * app.use('/api', tenantRouter({ tenancy }))
 */
export function tenantRouter(options: ApiOptions): Router {
  checkOptions('tenantRouter', options)
  return bindApi(createApi('tenant', '/', options), options)
}

/**
 * The API of teams, users and canvases alone, to mount anywhere.
 *
 * @example
 * app.use('/v1', teamsRouter({ tenancy }))
 */
export function teamsRouter(options: ApiOptions): Router {
  checkOptions('teamsRouter', options)
  return bindApi(createApi('teams', '/', options), options)
}

/**
 * The API of workspaces that people find and join, and of their protocols, alone, to mount anywhere.
 *
 * @example
 * app.use('/api', workspacesRouter({ tenancy }))
 */
export function workspacesRouter(options: ApiOptions): Router {
  checkOptions('workspacesRouter', options)
  return bindApi(createApi('workspaces', '/', options), options)
}

function chosen(apis: TenancyRouterOptions['apis']): { readonly name: ApiName; readonly prefix: string }[] {
  const asked = Object.entries(apis ?? Object.fromEntries(Object.keys(APIS).map((name) => [name, true as const])))
  return asked.flatMap(([key, choice]) => {
    const name = apiName(key)
    if (choice === undefined) return []
    const prefix = choice === true ? APIS[name].prefix : choice.prefix
    if (typeof prefix !== 'string' || !prefix.startsWith('/'))
      throw new TypeError(`apis: "${key}" needs a prefix like /${key}`)
    return [{ name, prefix }]
  })
}

function apiName(key: string): ApiName {
  const name = (Object.keys(APIS) as ApiName[]).find((one) => one === key)
  if (name === undefined) throw new TypeError(`apis: there is no API "${key}"`)
  return name
}
