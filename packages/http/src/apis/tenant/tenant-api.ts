import type { Api } from '../../handler/api.js'
import { readCredential, SECURITY_SCHEMES } from './credential.js'
import { toFailureResponse, TenantFailure } from './errors.js'
import { organizationTenantRoutes } from './routes/organization-tenants.js'
import { organizationUserRoutes } from './routes/organization-users.js'
import { organizationRoutes } from './routes/organization.js'
import { tenantRoutes } from './routes/tenants.js'
import type { CountForTenant } from './routes/tenants.js'
import { userRoutes } from './routes/users.js'

const INTRODUCTION = `A tenant, its users and statistics, and its organization, for a back end that manages them.

**Credential.** An access token in \`x-api-key\` or as a bearer token.

**Errors.** \`{ message, code }\` with the HTTP status. Times are ISO 8601 in UTC.`

export interface TenantOptions {
  /** Counts data of the host for a tenant, in addition to registered resources. */
  readonly countForTenant?: CountForTenant | undefined
}

/** The tenant API: a tenant, its users, and the organization above it. */
export function tenantApi({ countForTenant }: TenantOptions = {}): Api {
  return {
    name: 'tenant',
    title: 'Tenant API',
    introduction: INTRODUCTION,
    routes: [
      ...tenantRoutes(countForTenant),
      ...userRoutes,
      ...organizationRoutes,
      ...organizationTenantRoutes,
      ...organizationUserRoutes,
    ],
    toFailureResponse,
    failure: TenantFailure,
    readCredential,
    securitySchemes: SECURITY_SCHEMES,
  }
}
