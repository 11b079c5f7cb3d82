import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { Tenant } from '../../../model/tenant.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import { operatorCommand } from '../../pipeline/operator-command.js'

/**
 * Shuts a tenant, active or archived: until it is reactivated only operators act in it, and its owner neither restores
 * nor deletes it.
 */
export const suspendTenant = operatorCommand({
  input: z.strictObject({}),
  statuses: ['active', 'suspended', 'archived'],
  async run({ tx, tenant }) {
    if (tenant.status === 'suspended') throw new TenancyError('conflict', 'The tenant is suspended already', {})
    const from = tenant.status === 'archived' ? 'archived' : 'active'
    if (!(await tx.tenants.setStatus({ id: tenant.id, from, to: 'suspended' }))) throw tenantNotFound()
    const result: Tenant = { ...tenant, status: 'suspended' }
    return { result, events: [{ type: 'tenant.suspended', target: { type: 'tenant', id: tenant.id }, data: { from } }] }
  },
})
