import type { Client } from 'openapi-fetch'
import type { ClientOptions } from './client-options.js'
import { createFetchClient } from './create-fetch-client.js'
import type { paths as ConsolePaths } from './generated/console-types.js'
import type { paths as OpenapiPaths } from './generated/openapi-types.js'
import type { paths as TenantPaths } from './generated/tenant-types.js'
import type { paths as TeamsPaths } from './generated/teams-types.js'
import type { paths as WorkspacesPaths } from './generated/workspaces-types.js'

/** A client of the `console` API, with the typed paths of its OpenAPI document. */
export interface ConsoleClient extends Client<ConsolePaths> {}

/** A {@link ConsoleClient}. Unless it is moved, the API is at `/` of the router. */
export function createConsoleClient(options: ClientOptions): ConsoleClient {
  return createFetchClient<ConsolePaths>(options)
}

/** A client of the `openapi` API, with the typed paths of its OpenAPI document. */
export interface OpenapiClient extends Client<OpenapiPaths> {}

/** An {@link OpenapiClient}. Unless it is moved, the API is at `/openapi/v1` of the router. */
export function createOpenapiClient(options: ClientOptions): OpenapiClient {
  return createFetchClient<OpenapiPaths>(options)
}

/** A client of the `tenant` API, with the typed paths of its OpenAPI document. */
export interface TenantClient extends Client<TenantPaths> {}

/** A {@link TenantClient}. Unless it is moved, the API is at `/` of the router. */
export function createTenantClient(options: ClientOptions): TenantClient {
  return createFetchClient<TenantPaths>(options)
}

/** A client of the `teams` API, with the typed paths of its OpenAPI document. */
export interface TeamsClient extends Client<TeamsPaths> {}

/** A {@link TeamsClient}. Unless it is moved, the API is at `/v1` of the router. */
export function createTeamsClient(options: ClientOptions): TeamsClient {
  return createFetchClient<TeamsPaths>(options)
}

/** A client of the `workspaces` API, with the typed paths of its OpenAPI document. */
export interface WorkspacesClient extends Client<WorkspacesPaths> {}

/** A {@link WorkspacesClient}. Unless it is moved, the API is at `/api/v3` of the router. */
export function createWorkspacesClient(options: ClientOptions): WorkspacesClient {
  return createFetchClient<WorkspacesPaths>(options)
}
