import { z } from 'zod'
import { tenantNotFound } from '../authorize.js'
import { tenantCommand } from '../command.js'

/** Brings an archived tenant back as it was. */
export const restoreTenant = tenantCommand({
  input: z.undefined(),
  permission: 'tenant:archive',
  status: 'archived',
  async run({ tx, tenant }) {
    const moved = await tx.tenants.setStatus({ id: tenant.id, from: 'archived', to: 'active' })
    if (!moved) throw tenantNotFound()
    return {
      result: { ...tenant, status: 'active' as const },
      events: [{ type: 'tenant.restored', target: { type: 'tenant', id: tenant.id }, data: {} }],
    }
  },
})
