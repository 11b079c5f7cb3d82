export type { Identity, RouterOptions } from './http/surface.js'
export type { SurfaceName, SurfaceOptions } from './surfaces.js'
export { consoleRouter, tenancyRouter, type TenancyRouterOptions } from './tenancy-router.js'
