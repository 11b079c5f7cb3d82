import { addressKey, drop, invitationsOf, memberOf, tenantOf, userOf } from './model.js'
import type { Model, ModelInvitation, ModelResource } from './model.js'

interface ClosedMembership {
  readonly tenantId: string
  readonly userId: string
  readonly actorId: string | null
  readonly type: 'member.left' | 'member.removed'
}

/**
 * Whoever goes, leaves no usable invitation behind: none they sent, and none that would let them back in. What they
 * shared into the tenant or out of it returns to its own tenant, and what they have in its own tenant in it becomes its owner's. What they were
 * denied is remembered for when they come back.
 */
export function closeMembership(model: Model, { tenantId, userId, actorId, type }: ClosedMembership): void {
  const overrides = memberOf(model, tenantId, userId)?.overrides ?? {}
  const denied = Object.keys(overrides).filter((name) => overrides[name] === false)
  model.denied.set(`${tenantId} ${userId}`, denied)
  drop(model.members, (member) => member.tenantId === tenantId && member.userId === userId)
  const address = addressKey(userOf(model, userId)?.email ?? '')
  revokePending(model, tenantId, ({ inviterId, email }) => inviterId === userId || addressKey(email) === address)
  model.events.push({ chain: tenantId, type, actorId, targetId: userId })
  endShares(model, { tenantId, actorId, userId })
  const theirs = model.resources.filter((one) => one.ownerTenantId === tenantId && one.ownerId === userId)
  for (const resource of theirs) resource.ownerId = tenantOf(model, tenantId)?.ownerId ?? ''
  if (theirs.length > 0) model.events.push({ chain: tenantId, type: 'resource.reassigned', actorId, targetId: userId })
}

interface Ending {
  readonly tenantId: string
  readonly actorId: string | null
  /** Whose shares end; everybody's, unless said. */
  readonly userId?: string
}

/** What is shared into a tenant or out of it returns to its own tenant. */
export function endShares(model: Model, { tenantId, actorId, userId }: Ending): void {
  for (const resource of [...model.resources].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { tenantId: seenIn, ownerTenantId, ownerId } = resource
    const isTouched = seenIn !== ownerTenantId && [seenIn, ownerTenantId].includes(tenantId)
    if (isTouched && (userId === undefined || ownerId === userId)) unshare(model, resource, actorId)
  }
}

/** Home again, and private. Both tenants are told. */
export function unshare(model: Model, resource: ModelResource, actorId: string | null): void {
  for (const chain of [resource.ownerTenantId, resource.tenantId]) {
    model.events.push({ chain, type: 'resource.unshared', actorId, targetId: resource.id })
  }
  Object.assign(resource, { tenantId: resource.ownerTenantId, visibility: 'private' })
}

export function revokeSentBy(model: Model, tenantId: string, userId: string): void {
  revokePending(model, tenantId, ({ inviterId }) => inviterId === userId)
}

function revokePending(model: Model, tenantId: string, fits: (invitation: ModelInvitation) => boolean): void {
  for (const invitation of invitationsOf(model, tenantId)) {
    if (invitation.status !== 'pending' || !fits(invitation)) continue
    Object.assign(invitation, { status: 'revoked', resolvedAt: model.now })
  }
}
