import type { NewEvent } from '../../events.js'
import type { Tenant } from '../../model/tenant.js'
import type { TenantStep } from '../command.js'
import { giveBack } from './give-back.js'

/** What somebody, or anybody, has lent into a tenant or out of it goes home: its owner must be a member of both. */
export async function endLoans(
  step: Pick<TenantStep, 'tx' | 'now' | 'locks'>,
  { tenantId, userId }: { readonly tenantId: string; readonly userId?: string },
): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = []
  for (const loan of await step.tx.resources.listLoans({ tenantId, ownerId: userId })) {
    events.push(...(await giveBack(step, loan)).events)
  }
  return events
}

/** What a member who goes has in the tenant becomes its owner's, as private as it was. */
export async function passToOwner(
  { tx }: Pick<TenantStep, 'tx'>,
  { tenant, userId }: { readonly tenant: Tenant; readonly userId: string },
): Promise<readonly NewEvent[]> {
  const { id: tenantId, ownerId: to } = tenant
  const count = await tx.resources.reassign({ tenantId, from: userId, to })
  if (count === 0) return []
  const target = { type: 'member', id: userId } as const
  return [{ type: 'resource.passed_on', scope: { tenantId }, target, data: { to, count } }]
}
