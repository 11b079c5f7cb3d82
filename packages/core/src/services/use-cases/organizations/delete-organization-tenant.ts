import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { tenantsOfShares } from '../../steps/resources/locked-tenants.js'
import { endTenant } from '../../steps/tenants/end-tenant.js'
import { loadOrganizationTenant } from '../../steps/organizations/load-organization-tenant.js'
import { organizationCommand } from '../../pipeline/organization-command.js'

/** Deletes a tenant of the organization: nobody works in it any more. Its owner can restore it for a while. */
export const deleteOrganizationTenant = organizationCommand({
  input: z.strictObject({ tenantId: Id }),
  locks: async ({ tenantId }, { context }) => ({
    tenants: [...new Set([tenantId, ...(await tenantsOfShares({ context, tenantId }))])],
  }),
  async run(step, { tenantId }) {
    const tenant = await loadOrganizationTenant(step, tenantId)
    const events = await endTenant(step, tenant)
    return { result: { ...tenant, status: 'deleted' as const, deletedAt: step.now }, events }
  },
})
