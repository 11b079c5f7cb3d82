export type { ClientOptions } from './client-options.js'
export { createTenancyClient } from './create-tenancy-client.js'
export {
  createConsoleClient,
  createOpenapiClient,
  createTeamsClient,
  createTenantClient,
  createWorkspacesClient,
} from './document-clients.js'
export type { ConsoleClient, OpenapiClient, TeamsClient, TenantClient, WorkspacesClient } from './document-clients.js'
export type { OrganizationScope, TenancyClient, TenantScope } from './generated/tenancy-client.js'
export type { CallOptions, Input, Item, OperationId, Output, Versioned } from './operation-types.js'
export { isTenancyApiError, TenancyApiError } from './tenancy-api-error.js'
export type { TenancyApiErrorCode, TenancyApiErrorDetails } from './tenancy-api-error.js'
