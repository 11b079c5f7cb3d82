import { z } from 'zod'
import { tenantQuery } from '../query.js'

/** What the tenant's members are in its organization: those of them who belong to it, by their ids. */
export const listOrganizationMemberships = tenantQuery({
  input: z.undefined(),
  permission: 'member:read',
  async run({ read, tenant: { id: tenantId, organizationId } }) {
    return organizationId === null ? [] : read.organizationMembers.listInTenant({ organizationId, tenantId })
  },
})
