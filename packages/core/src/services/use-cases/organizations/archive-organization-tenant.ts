import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { loadOrganizationTenant } from '../../steps/organizations/load-organization-tenant.js'
import { organizationCommand } from '../../pipeline/organization-command.js'

/** Archives a tenant of the organization. Its owner or an operator may restore it. */
export const archiveOrganizationTenant = organizationCommand({
  input: z.strictObject({ tenantId: Id }),
  locks: ({ tenantId }) => ({ tenants: [tenantId] }),
  async run(step, { tenantId }) {
    const { tx } = step
    const tenant = await loadOrganizationTenant(step, tenantId)
    const moved = await tx.tenants.setStatus({ id: tenantId, from: 'active', to: 'archived' })
    if (!moved) throw new TenancyError('tenant_not_active', `The tenant is ${tenant.status}`, { status: tenant.status })
    return {
      result: { ...tenant, status: 'archived' as const },
      events: [{ type: 'tenant.archived', scope: { tenantId }, target: { type: 'tenant', id: tenantId }, data: {} }],
    }
  },
})
