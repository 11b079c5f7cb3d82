import { z } from 'zod'
import { tenantQuery } from '../../pipeline/query.js'
import { organizationNotFound } from '../../pipeline/organization-access.js'

/** The organization the tenant is in, as the tenant's members see it. */
export const organizationOfTenant = tenantQuery({
  input: z.undefined(),
  permission: 'tenant:read',
  async run({ read, tenant }) {
    const organization = tenant.organizationId === null ? null : await read.organizations.find(tenant.organizationId)
    if (!organization) throw organizationNotFound()
    return organization
  },
})
