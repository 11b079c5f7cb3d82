export { consolePreset, openapiPreset, teamsPreset, tenantPreset, workspacesPreset } from '@tenantry/http'
export type {
  ApiName,
  ApiOptions,
  CountForTenant,
  Identity,
  ModelCatalogue,
  ModelKind,
  RouterOptions,
  RunCanvas,
  TeamsPresetOptions,
} from '@tenantry/http'
export {
  consoleRouter,
  openapiRouter,
  teamsRouter,
  tenancyRouter,
  tenantRouter,
  workspacesRouter,
  type TenancyRouterOptions,
} from './tenancy-router.js'
