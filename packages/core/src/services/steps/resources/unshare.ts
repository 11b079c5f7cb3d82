import type { NewEvent } from '../../../events.js'
import type { Resource } from '../../../model/resource.js'
import type { Share } from '../../../storage/resource-port.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { tenantIdsOf, requireLocked } from './locked-tenants.js'
import { resourceNotFound } from './load-resource.js'

/** Ends a share: the resource is private again, in its owner's tenant. Both tenants get an event. */
export async function unshare(
  step: Pick<TenantStep, 'tx' | 'now' | 'locks'>,
  share: Share,
): Promise<{ readonly resource: Resource; readonly events: readonly NewEvent[] }> {
  const { tx, now } = step
  const { type, id, tenantId, ownerTenantId } = share
  requireLocked(step, tenantIdsOf(share))
  const taken = await tx.resources.unshare({ tenantId, type, id, at: now })
  const resource = taken ? await tx.resources.find({ tenantId: ownerTenantId, type, id }) : null
  if (!resource) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  const events = tenantIdsOf(share).map((place): NewEvent => ({
    type: 'resource.unshared',
    scope: { tenantId: place },
    target,
    data: { type, tenantId },
  }))
  return { resource, events }
}

/** Makes a resource private in the tenant it is in. */
export async function unshareInTenant(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  if (resource.visibility === 'private') return { result: resource, events: [] }
  const set = { visibility: 'private', updatedAt: now, activeAt: now } as const
  if (!(await tx.resources.update({ tenantId, type, id, set }))) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  return {
    result: { ...resource, ...set },
    events: [{ type: 'resource.unshared', scope: { tenantId }, target, data: { type, tenantId } }],
  }
}
