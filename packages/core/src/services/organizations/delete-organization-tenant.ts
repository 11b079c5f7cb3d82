import { z } from 'zod'
import { Id } from '../../model/id.js'
import { tenantNotFound } from '../authorize.js'
import { loadOrganizationTenant } from './load-organization-tenant.js'
import { organizationCommand } from './organization-command.js'

/** Deletes a tenant of the organization: nobody works in it any more. Its owner can restore it for a while. */
export const deleteOrganizationTenant = organizationCommand({
  input: z.strictObject({ tenantId: Id }),
  locks: ({ tenantId }) => ({ tenants: [tenantId] }),
  async run(step, { tenantId }) {
    const { tx, now } = step
    const tenant = await loadOrganizationTenant(step, tenantId)
    const moved = await tx.tenants.setStatus({ id: tenantId, from: tenant.status, to: 'deleted', deletedAt: now })
    if (!moved) throw tenantNotFound()
    return {
      result: { ...tenant, status: 'deleted' as const, deletedAt: now },
      events: [{ type: 'tenant.deleted', scope: { tenantId }, target: { type: 'tenant', id: tenantId }, data: {} }],
    }
  },
})
