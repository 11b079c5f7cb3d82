import { referenceDecision } from '../reference/reference-decision.js'
import { REFERENCE } from './declaration.js'
import type { Model, ModelResource } from './model.js'
import type { Acting } from './picks.js'
import { factsOf, firstOf, holds, refuseIf, tenantAccess } from './rules.js'
import type { Refusal } from './rules.js'

export type OnResource = Acting & { readonly id: string }

/** What somebody may know of where they are: what is theirs, and what the tenant sees. */
export function known(model: Model, { actorId, tenantId, id }: OnResource): ModelResource | undefined {
  const isKnown = ({ ownerId, visibility }: ModelResource) => ownerId === actorId || visibility === 'tenant'
  return model.resources.find((one) => one.tenantId === tenantId && one.id === id && isKnown(one))
}

/** What somebody has shared with another tenant from where they are. */
export function sharedElsewhere(model: Model, { actorId, tenantId, id }: OnResource): ModelResource | undefined {
  const isAway = ({ ownerTenantId, tenantId: seenIn }: ModelResource) =>
    ownerTenantId === tenantId && seenIn !== tenantId
  return model.resources.find((one) => one.ownerId === actorId && one.id === id && isAway(one))
}

export const isShared = ({ tenantId, ownerTenantId }: ModelResource) => tenantId !== ownerTenantId

/** An id is taken in a tenant by what is seen there, and by what is shared from there. */
export function free(model: Model, tenantId: string, id: string): Refusal {
  const isTaken = (one: ModelResource) => one.id === id && [one.tenantId, one.ownerTenantId].includes(tenantId)
  return refuseIf(model.resources.some(isTaken), 'resource_already_exists')
}

export function mayMake(model: Model, { actorId, tenantId }: Acting): Refusal {
  return firstOf(
    () => tenantAccess(model, { actorId, tenantId }),
    () => refuseIf(!holds(model, tenantId, actorId, 'protocol:create'), 'forbidden'),
  )
}

/** To a tenant in which one could make it. What is shared is not shared on. */
export function mayShare(
  model: Model,
  { actorId, id, to }: OnResource & { readonly to: string },
  resource: ModelResource,
): Refusal {
  return firstOf(
    () => refuseIf(isShared(resource), 'conflict'),
    () => mayMake(model, { actorId, tenantId: to }),
    () => free(model, to, id),
  )
}

export function mayDelete(model: Model, { actorId, tenantId }: Acting, resource: ModelResource): boolean {
  const facts = factsOf(model, tenantId, actorId)
  const { ownerId, visibility, ownerTenantId } = resource
  const sharedTenantId = isShared(resource) ? resource.tenantId : null
  const about = { ownerId, visibility, tenantId: ownerTenantId, sharedTenantId }
  return facts !== null && referenceDecision(REFERENCE, facts, 'protocol:delete', about).allowed
}
