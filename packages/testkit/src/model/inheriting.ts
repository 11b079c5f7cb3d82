import { endLoans } from './departing.js'
import { drop, memberOf, tenantOf } from './model.js'
import type { Model, ModelUser } from './model.js'

/** What an account has that waited for its person is the person's; their own membership of a tenant stays as it is. */
export function inherit(model: Model, from: ModelUser, to: string): void {
  const tenantIds = model.members
    .filter(({ userId }) => userId === from.id)
    .map(({ tenantId }) => tenantId)
    .sort()
  for (const tenantId of tenantIds) endLoans(model, { tenantId, actorId: null, userId: from.id })
  for (const tenantId of tenantIds) {
    const tenant = tenantOf(model, tenantId)
    const membership = memberOf(model, tenantId, from.id)
    if (!tenant || !membership) continue
    drop(model.members, (one) => one === membership)
    const own = memberOf(model, tenantId, to)
    if (!own) model.members.push({ ...membership, userId: to })
    if (tenant.ownerId === from.id) {
      drop(model.transfers, (transfer) => transfer.tenantId === tenantId)
      if (own) Object.assign(own, { roles: ['owner'], active: true })
      tenant.ownerId = to
    }
    const theirs = model.resources.filter((one) => one.homeTenantId === tenantId && one.ownerId === from.id)
    for (const resource of theirs) resource.ownerId = to
    if (theirs.length > 0)
      model.events.push({ chain: tenantId, type: 'resource.passed_on', actorId: null, targetId: from.id })
    model.events.push({ chain: tenantId, type: 'member.claimed', actorId: null, targetId: to })
  }
  drop(model.accessTokens, ({ userId }) => userId === from.id)
  const email = `nobody, once ${from.id}`
  Object.assign(from, { email, isVerified: false, isWaiting: false, status: 'deleted', currentTenantId: null })
  model.events.push({ chain: from.id, type: 'user.claimed', actorId: null, targetId: from.id })
}
