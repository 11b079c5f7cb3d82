export type { Identity, RouterOptions } from './http/api.js'
export { consolePreset } from './console/preset.js'
export { openapiPreset } from './openapi/preset.js'
export type { ApiName, ApiOptions } from './apis.js'
export { teamsPreset } from './teams/preset.js'
export type { ModelCatalogue, ModelKind, TeamsPresetOptions } from './teams/preset.js'
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
