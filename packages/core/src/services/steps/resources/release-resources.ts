import type { NewEvent } from '../../../events.js'
import type { Tenant } from '../../../model/tenant.js'
import type { TenantStep } from '../../pipeline/command.js'
import { unshare } from './unshare.js'

/** Ends all shares of a tenant (optionally of one owner), because the owner must be a member of both tenants. */
export async function endShares(
  step: Pick<TenantStep, 'tx' | 'now' | 'locks'>,
  { tenantId, userId }: { readonly tenantId: string; readonly userId?: string },
): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = []
  for (const share of await step.tx.resources.listShares({ tenantId, ownerId: userId })) {
    events.push(...(await unshare(step, share)).events)
  }
  return events
}

/** What a member who goes has in the tenant becomes its owner's, as private as it was. */
export async function reassignToOwner(
  { tx }: Pick<TenantStep, 'tx'>,
  { tenant, userId }: { readonly tenant: Tenant; readonly userId: string },
): Promise<readonly NewEvent[]> {
  const { id: tenantId, ownerId: to } = tenant
  const count = await tx.resources.reassign({ tenantId, from: userId, to })
  if (count === 0) return []
  const target = { type: 'member', id: userId } as const
  return [{ type: 'resource.reassigned', scope: { tenantId }, target, data: { to, count } }]
}
