import { z } from 'zod'
import type { Tenant } from '../../model/tenant.js'
import { tenantNotFound } from '../authorize.js'
import { tenantCommand } from '../command.js'
import { refusePersonal } from './refuse-personal.js'

/**
 * Deletes the tenant: at once it is, to everybody, one that does not exist. Its owner can restore it until it is purged
 * with all it holds, after `lifetimes.deletedTenant`.
 */
export const deleteTenant = tenantCommand({
  input: z.undefined(),
  permission: 'tenant:delete',
  statuses: ['active', 'archived'],
  async run({ tx, tenant, now }) {
    refusePersonal(tenant)
    const { id, status: from } = tenant
    const moved = await tx.tenants.setStatus({ id, from, to: 'deleted', deletedAt: now })
    if (!moved) throw tenantNotFound()
    const deleted: Tenant = { ...tenant, status: 'deleted', deletedAt: now }
    return { result: deleted, events: [{ type: 'tenant.deleted', target: { type: 'tenant', id }, data: {} }] }
  },
})
