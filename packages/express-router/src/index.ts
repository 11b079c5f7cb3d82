export type { Identity, RouterOptions } from './http/surface.js'
export type { SurfaceName, SurfaceOptions } from './surfaces.js'
export { consoleRouter, openapiRouter, tenancyRouter, type TenancyRouterOptions } from './tenancy-router.js'
