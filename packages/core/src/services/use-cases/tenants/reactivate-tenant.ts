import { z } from 'zod'
import type { Tenant } from '../../../model/tenant.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import { operatorCommand } from '../../pipeline/operator-command.js'

/** Ends a suspension: the tenant is active, whatever it was before. */
export const reactivateTenant = operatorCommand({
  input: z.strictObject({}),
  statuses: ['suspended'],
  async run({ tx, tenant }) {
    if (!(await tx.tenants.setStatus({ id: tenant.id, from: 'suspended', to: 'active' }))) throw tenantNotFound()
    const result: Tenant = { ...tenant, status: 'active' }
    return { result, events: [{ type: 'tenant.reactivated', target: { type: 'tenant', id: tenant.id }, data: {} }] }
  },
})
