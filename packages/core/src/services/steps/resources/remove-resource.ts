import type { NewEvent } from '../../../events.js'
import type { Resource } from '../../../model/resource.js'
import type { TenantStep } from '../../pipeline/command.js'
import { resourceNotFound } from './load-resource.js'
import { requireLocked } from './locked-tenants.js'

/** Removes a resource from its tenant and, if it is shared, from the other one. Each gets an event. */
export async function removeResource(
  step: Pick<TenantStep, 'tx' | 'locks'>,
  { tenantId, ownerTenantId, type, id }: Resource,
): Promise<readonly NewEvent[]> {
  const places = new Set([tenantId, ownerTenantId])
  requireLocked(step, [...places])
  if (!(await step.tx.resources.delete({ tenantId, type, id }))) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  return [...places].map((place): NewEvent => ({
    type: 'resource.deleted',
    scope: { tenantId: place },
    target,
    data: { type },
  }))
}
