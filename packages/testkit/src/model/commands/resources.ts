import fc from 'fast-check'
import { command } from '../command.js'
import { unshare } from '../departing.js'
import { drop, memberOf, userOf } from '../model.js'
import type { Model } from '../model.js'
import { acting, number, pick, pickActing, pickMember } from '../picks.js'
import { isUnrestricted } from '../role-rules.js'
import { free, isShared, known, sharedElsewhere, mayDelete, mayShare, mayMake } from '../resource-rules.js'
import type { OnResource } from '../resource-rules.js'
import { firstOf, refuseIf, tenantAccess } from '../rules.js'

/** Few, so that tenants have resources of one id. */
const id = fc.constantFrom('one', 'two', 'three')

/** A resource and somebody who acts on it: mostly its owner, where it is seen; now and then anybody, anywhere. */
const onResource = fc.record({ by: acting, resource: number, as: fc.constantFrom('owner', 'owner', 'home', 'any'), id })
type OnResourcePicks = typeof onResource extends fc.Arbitrary<infer Picks> ? Picks : never

function resolveOnResource(model: Model, { by, resource: at, as, id }: OnResourcePicks): OnResource | null {
  const resource = pick(model.resources, at)
  if (resource && as === 'owner') return { actorId: resource.ownerId, tenantId: resource.tenantId, id: resource.id }
  if (resource && as === 'home') return { actorId: resource.ownerId, tenantId: resource.ownerTenantId, id: resource.id }
  const who = pickActing(model, by)
  return who && { ...who, id }
}

function record(model: Model, type: string, chain: string, { actorId, id }: OnResource): void {
  model.events.push({ chain, type, actorId, targetId: id })
}

export const createResource = command({
  name: 'make a resource',
  picks: fc.record({ by: acting, id, visibility: fc.constantFrom('private' as const, 'tenant' as const) }),
  resolve(model, { by, id, visibility }) {
    const who = pickActing(model, by)
    return who && { ...who, id, visibility }
  },
  sentence: ({ actorId, tenantId, id, visibility }) =>
    `${actorId} makes the ${visibility} protocol ${id} in ${tenantId}`,
  predict: (model, input) =>
    firstOf(
      () => mayMake(model, input),
      () => free(model, input.tenantId, input.id),
    ),
  act: ({ tenancy }, { actorId, tenantId, id, visibility }) =>
    tenancy.as({ userId: actorId }).in(tenantId).resources.create({ type: 'protocol', id, name: id, visibility }),
  apply(model, input) {
    const { actorId: ownerId, tenantId, id, visibility } = input
    model.resources.push({ id, ownerTenantId: tenantId, tenantId, ownerId, visibility })
    record(model, 'resource.created', tenantId, input)
  },
})

export const shareResource = command({
  name: 'share a resource',
  picks: fc.record({ on: onResource, to: number, here: fc.constantFrom(true, false, false) }),
  resolve(model, picks) {
    const on = resolveOnResource(model, picks.on)
    const to = on && (picks.here ? { id: on.tenantId } : pick(model.tenants, picks.to))
    return on && to && { ...on, to: to.id }
  },
  sentence: ({ actorId, tenantId, id, to }) => `${actorId} shares the protocol ${id} of ${tenantId} with ${to}`,
  predict(model, input) {
    const resource = known(model, input)
    const isOwn = resource?.ownerId === input.actorId
    return firstOf(
      () => tenantAccess(model, input),
      () => refuseIf(resource !== undefined && !isOwn, 'forbidden'),
      () => refuseIf(!resource && sharedElsewhere(model, input) !== undefined, 'conflict'),
      () => refuseIf(!resource, 'resource_not_found'),
      () => (input.to === input.tenantId || !resource ? null : mayShare(model, input, resource)),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, id, to }) =>
    tenancy.as({ userId: actorId }).in(tenantId).resources.share({ type: 'protocol', id, tenantId: to }),
  apply(model, input) {
    const resource = known(model, input)
    const { tenantId, to } = input
    if (!resource || (to === tenantId && resource.visibility === 'tenant')) return
    Object.assign(resource, { tenantId: to, visibility: 'tenant' })
    for (const chain of new Set([tenantId, to])) record(model, 'resource.shared', chain, input)
  },
})

export const unshareResource = command({
  name: 'take a resource back',
  picks: onResource,
  resolve: resolveOnResource,
  sentence: ({ actorId, tenantId, id }) => `${actorId} takes the protocol ${id} back in ${tenantId}`,
  predict(model, input: OnResource) {
    const resource = known(model, input)
    return firstOf(
      () => tenantAccess(model, input),
      () => refuseIf(resource !== undefined && resource.ownerId !== input.actorId, 'forbidden'),
      () => refuseIf(!resource && !sharedElsewhere(model, input), 'resource_not_found'),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, id }) =>
    tenancy.as({ userId: actorId }).in(tenantId).resources.unshare({ type: 'protocol', id }),
  apply(model, input) {
    const resource = known(model, input) ?? sharedElsewhere(model, input)
    if (!resource) return
    if (isShared(resource)) return unshare(model, resource, input.actorId)
    if (resource.visibility === 'private') return
    resource.visibility = 'private'
    record(model, 'resource.unshared', input.tenantId, input)
  },
})

export const transferResource = command({
  name: 'give a resource away',
  picks: fc.record({ on: onResource, to: number }),
  resolve(model, picks) {
    const on = resolveOnResource(model, picks.on)
    const targetId = on && pickMember(model, on, picks.to)
    return on && targetId !== null ? { ...on, targetId } : null
  },
  sentence: ({ actorId, tenantId, id, targetId }) =>
    `${actorId} gives the protocol ${id} of ${tenantId} to ${targetId}`,
  predict(model, input) {
    const { actorId, tenantId, targetId } = input
    const resource = known(model, input)
    const mayGive = resource?.ownerId === actorId || isUnrestricted(model, tenantId, memberOf(model, tenantId, actorId))
    const isThere = memberOf(model, tenantId, targetId)?.active && userOf(model, targetId)?.status === 'active'
    return firstOf(
      () => tenantAccess(model, input),
      () => refuseIf(!resource, 'resource_not_found'),
      () => refuseIf(!mayGive, 'forbidden'),
      () => refuseIf(resource !== undefined && isShared(resource), 'conflict'),
      () => refuseIf(resource?.ownerId !== targetId && !isThere, 'member_not_found'),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, id, targetId }) =>
    tenancy.as({ userId: actorId }).in(tenantId).resources.transfer({ type: 'protocol', id, userId: targetId }),
  apply(model, input) {
    const resource = known(model, input)
    if (!resource || resource.ownerId === input.targetId) return
    resource.ownerId = input.targetId
    record(model, 'resource.transferred', input.tenantId, input)
  },
})

export const deleteResource = command({
  name: 'delete a resource',
  picks: onResource,
  resolve: resolveOnResource,
  sentence: ({ actorId, tenantId, id }) => `${actorId} deletes the protocol ${id} in ${tenantId}`,
  predict(model, input: OnResource) {
    const resource = known(model, input)
    return firstOf(
      () => tenantAccess(model, input),
      () => refuseIf(!resource, 'resource_not_found'),
      () => refuseIf(resource !== undefined && !mayDelete(model, input, resource), 'forbidden'),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, id }) =>
    tenancy.as({ userId: actorId }).in(tenantId).resources.delete({ type: 'protocol', id }),
  apply(model, input) {
    const resource = known(model, input)
    if (!resource) return
    drop(model.resources, (one) => one === resource)
    for (const chain of new Set([resource.tenantId, resource.ownerTenantId])) {
      record(model, 'resource.deleted', chain, input)
    }
  },
})
