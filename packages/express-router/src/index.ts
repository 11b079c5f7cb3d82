export { consolePreset, openapiPreset, teamsPreset, tenantPreset, workspacesPreset } from '@tenantry/http'
export type {
  ApiChoices,
  ApiName,
  CountForTenant,
  Identity,
  ModelCatalogue,
  ModelKind,
  OpenapiOptions,
  RunCanvas,
  TeamsOptions,
  TeamsPresetOptions,
  TenantOptions,
} from '@tenantry/http'
export {
  consoleRouter,
  openapiRouter,
  teamsRouter,
  tenancyRouter,
  tenantRouter,
  workspacesRouter,
  type RouterOptions,
  type TenancyRouterOptions,
} from './tenancy-router.js'
