import { Organization, OrganizationStatistics } from '../schemas.js'
import { inOrganization, TenantParams, tenantRoute } from '../current-tenant.js'
import { toOrganizationResponse, toTotalsResponse } from '../responses.js'

const tag = 'Organization'
const path = '/tenant/{tenantId}/organization'

const getOrganization = tenantRoute({
  method: 'GET',
  path,
  summary: 'The organization that the tenant is in',
  tag,
  params: TenantParams,
  response: Organization,
  run: async ({ tenant }) => toOrganizationResponse(await tenant.organization()),
})

const getStatistics = tenantRoute({
  method: 'GET',
  path: `${path}/statistics`,
  summary: 'What the organization’s tenants hold together, for its admins',
  tag,
  params: TenantParams,
  response: OrganizationStatistics,
  async run(call) {
    const { tenants, activeMembers, resources } = await inOrganization(call, (organization) =>
      organization.statistics(),
    )
    const { processes, datasets, bytes } = toTotalsResponse(resources)
    return {
      tenantCount: tenants,
      totalProcessCount: processes,
      totalDatasetCount: datasets,
      totalUserCount: activeMembers,
      totalStorageUsedBytes: bytes,
    }
  },
})

export const organizationRoutes = [getOrganization, getStatistics]
