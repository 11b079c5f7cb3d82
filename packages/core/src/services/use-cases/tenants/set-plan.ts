import { z } from 'zod'
import { line } from '../../../model/id.js'
import type { Tenant } from '../../../model/tenant.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import { operatorCommand } from '../../pipeline/operator-command.js'

/**
 * Changes a tenant's plan, which the host's limits look at. Nothing is taken from a tenant that is beyond the limits of
 * the new plan: they hold for what comes next.
 */
export const setPlan = operatorCommand({
  input: z.strictObject({ plan: line(64) }),
  statuses: ['active', 'suspended', 'archived'],
  async run({ tx, tenant }, { plan }) {
    const result: Tenant = { ...tenant, plan }
    if (plan === tenant.plan) return { result, events: [] }
    if (!(await tx.tenants.update({ id: tenant.id, status: tenant.status, set: { plan } }))) throw tenantNotFound()
    const data = { from: tenant.plan, to: plan }
    return { result, events: [{ type: 'tenant.plan_updated', target: { type: 'tenant', id: tenant.id }, data }] }
  },
})
