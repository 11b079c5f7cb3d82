export type { ClientOptions } from './client-options.js'
export {
  createConsoleClient,
  createOpenapiClient,
  createTeamsClient,
  createTenancyClient,
  createTenantClient,
  createWorkspacesClient,
} from './document-clients.js'
export type {
  ConsoleClient,
  OpenapiClient,
  TeamsClient,
  TenancyClient,
  TenantClient,
  WorkspacesClient,
} from './document-clients.js'
