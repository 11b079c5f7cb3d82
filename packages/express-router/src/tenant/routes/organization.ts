import { Organization, OrganizationStatistics } from '../answers.js'
import { inOrganization, TenantParams, tenantRoute } from '../current-tenant.js'
import { presentOrganization, presentTotals } from '../present.js'

const tag = 'Organization'
const path = '/tenant/{tenantId}/organization'

const getOrganization = tenantRoute({
  method: 'GET',
  path,
  summary: 'The organization that the tenant is in',
  tag,
  params: TenantParams,
  answer: Organization,
  run: async ({ tenant }) => presentOrganization(await tenant.organization()),
})

const getStatistics = tenantRoute({
  method: 'GET',
  path: `${path}/statistics`,
  summary: 'What the organization’s tenants hold together, for its admins',
  tag,
  params: TenantParams,
  answer: OrganizationStatistics,
  async run(call) {
    const { tenants, activeMembers, resources } = await inOrganization(call, (organization) =>
      organization.statistics(),
    )
    const { processes, datasets, bytes } = presentTotals(resources)
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
