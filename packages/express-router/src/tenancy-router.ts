import { Router } from 'express'
import { checkOptions } from './check-options.js'
import { bindSurface } from './http/bind-surface.js'
import { docsRouter } from './http/docs-router.js'
import { devicePageRouter } from './openapi/device-page/device-page-router.js'
import { accountsOf, createSurface, SURFACES } from './surfaces.js'
import type { SurfaceName, SurfaceOptions } from './surfaces.js'

export interface TenancyRouterOptions extends SurfaceOptions {
  /** Which surfaces, and under which path. Default: all there are, each at its default mount. */
  readonly surfaces?: { readonly [Name in SurfaceName]?: true | { readonly prefix: string } }
  /** Whether to serve `/openapi.json` and a readable page at `/docs`. Default `true`. */
  readonly docs?: boolean
}

/**
 * Everything the library offers over HTTP, as one router to mount. Paths it does not know go on to the host.
 *
 * @throws {TypeError} for an option or a surface that does not exist, or a prefix that is no path.
 *
 * @example
 * app.use(tenancyRouter({ tenancy, authenticate: (request) => request.user && { userId: request.user.id } }))
 */
export function tenancyRouter(given: TenancyRouterOptions): Router {
  checkOptions('tenancyRouter', given, { surfaces: true, docs: true })
  const { surfaces, docs = true, ...options } = given
  const router = Router({ caseSensitive: true })
  const mounts = chosen(surfaces).map(({ name, prefix }) => ({
    name,
    prefix,
    surface: createSurface(name, prefix, options),
  }))
  // Before the surfaces: they hand on what they do not know, but these paths are never theirs.
  if (docs) router.use(docsRouter(mounts))
  const openapi = mounts.find(({ name }) => name === 'openapi')
  if (openapi) router.use(devicePageRouter({ api: openapi.prefix, accounts: accountsOf(options) }))
  for (const { prefix, surface } of mounts) router.use(prefix, bindSurface(surface, options))
  return router
}

/**
 * The console API alone, to mount anywhere.
 *
 * @example
 * app.use('/console/api', consoleRouter({ tenancy }))
 */
export function consoleRouter(options: SurfaceOptions): Router {
  checkOptions('consoleRouter', options)
  return bindSurface(createSurface('console', '/', options), options)
}

/**
 * The API for programs with a token alone, to mount anywhere, with the page `/device` on which people approve them.
 *
 * @example
 * app.use('/api', openapiRouter({ tenancy }))
 */
export function openapiRouter(options: SurfaceOptions): Router {
  checkOptions('openapiRouter', options)
  const router = Router({ caseSensitive: true })
  router.use(devicePageRouter({ api: '/', accounts: accountsOf(options) }))
  router.use(bindSurface(createSurface('openapi', '/', options), options))
  return router
}

/**
 * The API of a tenant, its users and the organization above it alone, to mount anywhere.
 *
 * @example
 * app.use('/api', tenantRouter({ tenancy }))
 */
export function tenantRouter(options: SurfaceOptions): Router {
  checkOptions('tenantRouter', options)
  return bindSurface(createSurface('tenant', '/', options), options)
}

/**
 * The API of teams, users and canvases alone, to mount anywhere.
 *
 * @example
 * app.use('/v1', teamsRouter({ tenancy }))
 */
export function teamsRouter(options: SurfaceOptions): Router {
  checkOptions('teamsRouter', options)
  return bindSurface(createSurface('teams', '/', options), options)
}

/**
 * The API of workspaces that people find and join, and of their protocols, alone, to mount anywhere.
 *
 * @example
 * app.use('/api', workspacesRouter({ tenancy }))
 */
export function workspacesRouter(options: SurfaceOptions): Router {
  checkOptions('workspacesRouter', options)
  return bindSurface(createSurface('workspaces', '/', options), options)
}

function chosen(surfaces: TenancyRouterOptions['surfaces']): { readonly name: SurfaceName; readonly prefix: string }[] {
  const asked = Object.entries(
    surfaces ?? Object.fromEntries(Object.keys(SURFACES).map((name) => [name, true as const])),
  )
  return asked.flatMap(([key, choice]) => {
    const name = surfaceName(key)
    if (choice === undefined) return []
    const prefix = choice === true ? SURFACES[name].prefix : choice.prefix
    if (typeof prefix !== 'string' || !prefix.startsWith('/'))
      throw new TypeError(`surfaces: "${key}" needs a prefix like /${key}`)
    return [{ name, prefix }]
  })
}

function surfaceName(key: string): SurfaceName {
  const name = (Object.keys(SURFACES) as SurfaceName[]).find((one) => one === key)
  if (name === undefined) throw new TypeError(`surfaces: there is no surface "${key}"`)
  return name
}
