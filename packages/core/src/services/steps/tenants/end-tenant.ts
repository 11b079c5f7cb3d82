import type { NewEvent } from '../../../events.js'
import type { Tenant } from '../../../model/tenant.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import type { Step } from '../../pipeline/command.js'
import { endShares } from '../resources/release-resources.js'

/** Deletes a tenant: nobody works in it any more. What was shared into it or out of it returns to its own tenant; its slug stays taken. */
export async function endTenant(
  step: Pick<Step, 'tx' | 'now' | 'locks'>,
  { id: tenantId, status }: Tenant,
): Promise<readonly NewEvent[]> {
  const { tx, now } = step
  const returned = await endShares(step, { tenantId })
  if (!(await tx.tenants.setStatus({ id: tenantId, from: status, to: 'deleted', deletedAt: now })))
    throw tenantNotFound()
  const target = { type: 'tenant', id: tenantId } as const
  return [{ type: 'tenant.deleted', scope: { tenantId }, target, data: {} }, ...returned]
}
