import type { ApiName } from '../apis.js'
import { client as consoleClient } from './console-client.js'
import { EXAMPLES as CONSOLE_EXAMPLES } from './console-examples.js'
import { client as openapiClient } from './openapi-client.js'
import { EXAMPLES as OPENAPI_EXAMPLES } from './openapi-examples.js'
import type { Examples, ApiClient } from './api-client.js'
import { client as teamsClient } from './teams-client.js'
import { EXAMPLES as TEAMS_EXAMPLES } from './teams-examples.js'
import { client as tenancyClient } from './tenancy-client.js'
import { EXAMPLES as TENANCY_EXAMPLES } from './tenancy-examples.js'
import { client as tenantClient } from './tenant-client.js'
import { EXAMPLES as TENANT_EXAMPLES } from './tenant-examples.js'
import { client as workspacesClient } from './workspaces-client.js'
import { EXAMPLES as WORKSPACES_EXAMPLES } from './workspaces-examples.js'

interface ApiUnderTest {
  readonly client: ApiClient
  readonly examples: Examples
}

/** The test client and example requests of each API. A new API without them does not compile. */
export const APIS_UNDER_TEST: Readonly<Record<ApiName, ApiUnderTest>> = {
  tenancy: { client: tenancyClient, examples: TENANCY_EXAMPLES },
  console: { client: consoleClient, examples: CONSOLE_EXAMPLES },
  openapi: { client: openapiClient, examples: OPENAPI_EXAMPLES },
  tenant: { client: tenantClient, examples: TENANT_EXAMPLES },
  teams: { client: teamsClient, examples: TEAMS_EXAMPLES },
  workspaces: { client: workspacesClient, examples: WORKSPACES_EXAMPLES },
}
