import { endShares } from './departing.js'
import { drop, memberOf, tenantOf } from './model.js'
import type { Model, ModelUser } from './model.js'

interface Inheritance {
  readonly from: ModelUser
  readonly to: string
  readonly actorId: string | null
}

/**
 * What an account has that waited for its person is the person's; they keep their own membership of a tenant. What was
 * denied to either is denied to the person.
 */
export function inherit(model: Model, { from, to, actorId }: Inheritance): void {
  const tenantIds = model.members
    .filter(({ userId }) => userId === from.id)
    .map(({ tenantId }) => tenantId)
    .sort()
  for (const tenantId of tenantIds) endShares(model, { tenantId, actorId, userId: from.id })
  for (const tenantId of tenantIds) {
    const tenant = tenantOf(model, tenantId)
    const membership = memberOf(model, tenantId, from.id)
    if (!tenant || !membership) continue
    drop(model.members, (one) => one === membership)
    const own = memberOf(model, tenantId, to)
    const denied = Object.entries(membership.overrides).filter(
      ([name, value]) => !value && own?.overrides[name] !== false,
    )
    if (own) Object.assign(own.overrides, Object.fromEntries(denied))
    else {
      const before = (model.denied.get(`${tenantId} ${to}`) ?? []).map((name) => [name, false] as const)
      const overrides = { ...membership.overrides, ...Object.fromEntries(before) }
      model.members.push({ ...membership, userId: to, overrides })
    }
    if (tenant.ownerId === from.id) {
      drop(model.transfers, (transfer) => transfer.tenantId === tenantId)
      if (own) Object.assign(own, { roles: ['owner'], active: true })
      tenant.ownerId = to
    }
    const theirs = model.resources.filter((one) => one.ownerTenantId === tenantId && one.ownerId === from.id)
    for (const resource of theirs) resource.ownerId = to
    if (theirs.length > 0)
      model.events.push({ chain: tenantId, type: 'resource.reassigned', actorId, targetId: from.id })
    model.events.push({ chain: tenantId, type: 'member.claimed', actorId, targetId: to })
    if (own && denied.length > 0)
      model.events.push({ chain: tenantId, type: 'member.overrides_updated', actorId, targetId: to })
  }
  for (const { id: tenantId } of model.tenants) inheritDenials(model, tenantId, { from, to })
  drop(model.accessTokens, ({ userId }) => userId === from.id)
  const email = `nobody, once ${from.id}`
  Object.assign(from, { email, isVerified: false, isWaiting: false, status: 'deleted', currentTenantId: null })
  model.events.push({ chain: from.id, type: 'user.claimed', actorId, targetId: from.id })
}

/** What was denied to the account in a tenant that it went from is denied to the person who comes there. */
function inheritDenials(model: Model, tenantId: string, { from, to }: Omit<Inheritance, 'actorId'>): void {
  const theirs = model.denied.get(`${tenantId} ${from.id}`)
  if (!theirs) return
  const own = model.denied.get(`${tenantId} ${to}`) ?? []
  model.denied.set(`${tenantId} ${to}`, [...new Set([...own, ...theirs])])
  model.denied.delete(`${tenantId} ${from.id}`)
}
