import type { NewEvent } from '../../../events.js'
import type { Resource } from '../../../model/resource.js'
import type { Share } from '../../../storage/resource-port.js'
import type { TenantStep } from '../../pipeline/command.js'
import { placesOf, requireLocked } from './locked-tenants.js'
import { resourceNotFound } from './load-resource.js'

/** Ends a loan: the resource is private again, at home. Both tenants are told. */
export async function unshare(
  step: Pick<TenantStep, 'tx' | 'now' | 'locks'>,
  share: Share,
): Promise<{ readonly resource: Resource; readonly events: readonly NewEvent[] }> {
  const { tx, now } = step
  const { type, id, tenantId, ownerTenantId } = share
  requireLocked(step, placesOf(share))
  const taken = await tx.resources.unshare({ tenantId, type, id, at: now })
  const resource = taken ? await tx.resources.find({ tenantId: ownerTenantId, type, id }) : null
  if (!resource) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  const events = placesOf(share).map((place): NewEvent => ({
    type: 'resource.unshared',
    scope: { tenantId: place },
    target,
    data: { type, tenantId },
  }))
  return { resource, events }
}
