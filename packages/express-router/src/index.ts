export type { Identity, RouterOptions } from './http/surface.js'
export { openapiPreset } from './openapi/preset.js'
export type { SurfaceName, SurfaceOptions } from './surfaces.js'
export type { RunCanvas } from './teams/routes/canvas-runs.js'
export type { CountForTenant } from './tenant/routes/tenants.js'
export {
  consoleRouter,
  openapiRouter,
  teamsRouter,
  tenancyRouter,
  tenantRouter,
  workspacesRouter,
  type TenancyRouterOptions,
} from './tenancy-router.js'
