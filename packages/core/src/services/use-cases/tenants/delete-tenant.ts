import { z } from 'zod'
import type { Tenant } from '../../../model/tenant.js'
import { tenantCommand } from '../../pipeline/command.js'
import { tenantsOfShares } from '../../steps/resources/locked-tenants.js'
import { endTenant } from '../../steps/tenants/end-tenant.js'
import { refusePersonal } from '../../steps/tenants/refuse-personal.js'

/**
 * Deletes the tenant: at once it is, to everybody, one that does not exist. Its owner can restore it until it is purged
 * with all it holds, after `lifetimes.deletedTenantRetention`.
 */
export const deleteTenant = tenantCommand({
  input: z.undefined(),
  permission: 'tenant:delete',
  statuses: ['active', 'archived'],
  otherTenants: (scope) => tenantsOfShares(scope),
  async run(step) {
    const { tenant, now } = step
    refusePersonal(tenant)
    const events = await endTenant(step, tenant)
    const deleted: Tenant = { ...tenant, status: 'deleted', deletedAt: now }
    return { result: deleted, events }
  },
})
