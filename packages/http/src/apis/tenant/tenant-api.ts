import type { Api } from '../../handler/api.js'
import { readCredential, SECURITY_SCHEMES } from './credential.js'
import { toFailureResponse, TenantFailure } from './errors.js'
import { organizationTenantRoutes } from './routes/organization-tenants.js'
import { organizationUserRoutes } from './routes/organization-users.js'
import { organizationRoutes } from './routes/organization.js'
import { tenantRoutes } from './routes/tenants.js'
import type { CountForTenant } from './routes/tenants.js'
import { userRoutes } from './routes/users.js'

export interface TenantOptions {
  /** Counts what the host keeps of a tenant besides registered resources. */
  readonly countForTenant?: CountForTenant | undefined
}

/** The tenant API: a tenant, its users, and the organization above it. */
export function tenantApi({ countForTenant }: TenantOptions = {}): Api {
  return {
    name: 'tenant',
    title: 'Tenant API',
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
