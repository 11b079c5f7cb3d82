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
export { tenancyGuard, type TenancyGuardOptions } from './tenancy-guard.js'
export { firstOf, fromCurrentTenant, fromDomain, fromHeader, fromPath, fromSubdomain } from '@tenantry/http'
export type { Denial, TenancyScope, TenantSource } from '@tenantry/http'
