import { z } from 'zod'
import type { Tenant } from '../../../model/tenant.js'
import { isRestorable } from '../../../policy/invariants.js'
import { decide } from '../../../policy/decide.js'
import { authorize, tenantNotFound } from '../../pipeline/authorize.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantStep } from '../../pipeline/command.js'
import { StorageError } from '../../../storage/storage-error.js'
import { checkTenantsPerUser } from '../../steps/tenants/check-tenants-per-user.js'

/** Restores an archived tenant or, for its owner and operators and during the retention period, a deleted one. */
export const restoreTenant = tenantCommand({
  input: z.undefined(),
  permission: null,
  statuses: ['archived', 'deleted'],
  people: async ({ context, tenantId }) => [(await context.storage.read.tenants.find(tenantId))?.ownerId ?? []].flat(),
  async run(step) {
    const { context, tx, tenant } = step
    const from = tenant.status === 'deleted' ? 'deleted' : 'archived'
    if (from === 'deleted') await checkDeleted(step)
    else authorize(context, step, 'tenant:archive')
    const moved = await tx.tenants.setStatus({ id: tenant.id, from, to: 'active' })
    if (!moved) throw tenantNotFound()
    const restored: Tenant = { ...tenant, status: 'active', deletedAt: null }
    return {
      result: restored,
      events: [{ type: 'tenant.restored', target: { type: 'tenant', id: tenant.id }, data: { from } }],
    }
  },
})

/** To everybody but its owner a deleted tenant is gone. While it was, it counted as none of the owner's tenants. */
async function checkDeleted({ context, tx, locks, tenant, subject, now }: TenantStep): Promise<void> {
  const isOwners = decide(context.policy, subject, 'tenant:delete').allowed
  if (!isOwners || !isRestorable(tenant, context.lifetimes.deletedTenantRetention, now)) throw tenantNotFound()
  if (!locks.users?.includes(tenant.ownerId)) throw new StorageError('busy', 'It was handed over just now')
  const owner = await tx.users.find(tenant.ownerId)
  if (owner) await checkTenantsPerUser(context, tx, owner)
}
