import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import type { Resource } from '../../../model/resource.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { resourceNotFound } from './load-resource.js'
import { refuseTakenId } from './refuse-taken-id.js'

/** Makes a resource visible in the tenant it is in. */
export async function shareInTenant(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  if (resource.visibility === 'tenant') return { result: resource, events: [] }
  const set = { visibility: 'tenant', updatedAt: now, activeAt: now } as const
  if (!(await tx.resources.update({ tenantId, type, id, set }))) throw resourceNotFound()
  return { result: { ...resource, ...set }, events: [shared(resource, tenantId, tenantId)] }
}

/** Shares a resource with another tenant. The caller has checked that its owner may create one like it there. */
export async function share(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
  to: string,
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  const isDone = await tx.resources.share({ tenantId, type, id, to, at: now }).catch(refuseTakenId)
  if (!isDone) throw new TenancyError('conflict', 'The resource was moved by a concurrent request; try again', {})
  return {
    result: { ...resource, tenantId: to, visibility: 'tenant', updatedAt: now, activeAt: now },
    events: [tenantId, to].map((place) => shared(resource, place, to)),
  }
}

function shared({ type, id }: Resource, place: string, to: string): NewEvent {
  const target = { type: 'resource', id } as const
  return { type: 'resource.shared', scope: { tenantId: place }, target, data: { type, tenantId: to } }
}
