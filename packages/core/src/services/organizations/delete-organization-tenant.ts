import { z } from 'zod'
import { Id } from '../../model/id.js'
import { tenantsOfLoans } from '../resources/held-tenants.js'
import { endTenant } from '../tenants/end-tenant.js'
import { loadOrganizationTenant } from './load-organization-tenant.js'
import { organizationCommand } from './organization-command.js'

/** Deletes a tenant of the organization: nobody works in it any more. Its owner can restore it for a while. */
export const deleteOrganizationTenant = organizationCommand({
  input: z.strictObject({ tenantId: Id }),
  locks: async ({ tenantId }, { context }) => ({
    tenants: [...new Set([tenantId, ...(await tenantsOfLoans({ context, tenantId }))])],
  }),
  async run(step, { tenantId }) {
    const tenant = await loadOrganizationTenant(step, tenantId)
    const events = await endTenant(step, tenant)
    return { result: { ...tenant, status: 'deleted' as const, deletedAt: step.now }, events }
  },
})
