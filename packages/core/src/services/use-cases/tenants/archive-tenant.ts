import { z } from 'zod'
import { tenantNotFound } from '../../pipeline/authorize.js'
import { tenantCommand } from '../../pipeline/command.js'

/** Archives the tenant: nobody can work in it or join it until a role with `tenant:archive` restores it. */
export const archiveTenant = tenantCommand({
  input: z.undefined(),
  permission: 'tenant:archive',
  async run({ tx, tenant }) {
    const moved = await tx.tenants.setStatus({ id: tenant.id, from: 'active', to: 'archived' })
    if (!moved) throw tenantNotFound()
    return {
      result: { ...tenant, status: 'archived' as const },
      events: [{ type: 'tenant.archived', target: { type: 'tenant', id: tenant.id }, data: {} }],
    }
  },
})
