export type { ClientOptions } from './client-options.js'
export {
  createConsoleClient,
  createOpenapiClient,
  createTeamsClient,
  createTenantClient,
  createWorkspacesClient,
} from './document-clients.js'
export type { ConsoleClient, OpenapiClient, TeamsClient, TenantClient, WorkspacesClient } from './document-clients.js'
