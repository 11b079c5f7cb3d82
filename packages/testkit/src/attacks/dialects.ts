import type { Dialect } from './dialect.js'
import { consoleDialect } from './dialects/console.js'
import { openapiDialect } from './dialects/openapi.js'
import { teamsDialect } from './dialects/teams.js'
import { tenancyDialect } from './dialects/tenancy.js'
import { tenantDialect } from './dialects/tenant.js'
import { workspacesDialect } from './dialects/workspaces.js'

/** Every API the attacks know. Another one is another entry here. */
export const DIALECTS: readonly Dialect[] = [
  tenancyDialect,
  consoleDialect,
  openapiDialect,
  tenantDialect,
  workspacesDialect,
  teamsDialect,
]
