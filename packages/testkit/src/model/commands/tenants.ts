import fc from 'fast-check'
import { command } from '../command.js'
import { FIRST_PLAN } from '../declaration.js'
import { closeMembership } from '../departing.js'
import { memberOf, tenantOf, userOf } from '../model.js'
import type { Model } from '../model.js'
import { acting, number, pick, pickActing, pickActor } from '../picks.js'
import type { Acting } from '../picks.js'
import { firstOf, may, refuseIf, signedIn, tenantAccess, tenantLeft } from '../rules.js'
import type { Refusal } from '../rules.js'

/** In more tenants than these, the same few people would meet less often. */
const MAX_TENANTS = 6

const slug = fc.constantFrom(null, null, 'acme', 'globex')

/** A slug is one tenant's for good, also when that tenant is deleted. */
function slugFree(model: Model, wanted: string | null, tenantId?: string): Refusal {
  const taken = model.tenants.some((tenant) => wanted !== null && tenant.slug === wanted && tenant.id !== tenantId)
  return refuseIf(taken, 'slug_taken')
}

export const createTenant = command({
  name: 'create a tenant',
  picks: fc.record({ user: number, slug }),
  resolve: (model, picks) => {
    const user = pick(model.users, picks.user)
    if (model.tenants.length >= MAX_TENANTS) return null
    return user && { actorId: user.id, name: `Tenant ${model.tenants.length + 1}`, slug: picks.slug }
  },
  sentence: ({ actorId, name, slug }) => `${actorId} creates ${name}${slug === null ? '' : ` at ${slug}`}`,
  predict: (model, { actorId, slug }) =>
    firstOf(
      () => signedIn(model, actorId),
      () => tenantLeft(model, actorId),
      () => slugFree(model, slug),
    ),
  act: ({ tenancy }, { actorId, name, slug }) => tenancy.as({ userId: actorId }).tenants.create({ name, slug }),
  apply(model, { actorId, name, slug }, { id }) {
    const plan = FIRST_PLAN
    model.tenants.push({ id, name, slug, plan, status: 'active', ownerId: actorId, createdAt: model.now })
    model.members.push({
      tenantId: id,
      userId: actorId,
      roles: ['owner'],
      active: true,
      overrides: {},
      invitedBy: null,
      isUnseen: false,
      createdAt: model.now,
    })
    model.events.push({ chain: id, type: 'tenant.created', actorId, targetId: id })
  },
})

function setStatus(model: Model, tenantId: string, status: 'active' | 'archived'): void {
  const tenant = tenantOf(model, tenantId)
  if (tenant) tenant.status = status
}

export const updateTenant = command({
  name: 'update a tenant',
  picks: fc.record({ by: acting, slug }),
  resolve: (model, picks) => {
    const by = pickActing(model, picks.by)
    return by && { ...by, slug: picks.slug, name: `Renamed at ${model.events.length}` }
  },
  sentence: ({ actorId, tenantId, name, slug }) => `${actorId} names ${tenantId} "${name}" at ${slug ?? 'no slug'}`,
  predict: (model, input) =>
    firstOf(
      () => may(model, input, 'tenant:update'),
      () => slugFree(model, input.slug, input.tenantId),
    ),
  act: ({ tenancy }, { actorId, tenantId, name, slug }) =>
    tenancy.as({ userId: actorId }).in(tenantId).update({ name, slug }),
  apply(model, { actorId, tenantId, name, slug }) {
    const tenant = tenantOf(model, tenantId)
    if (tenant) Object.assign(tenant, { name, slug })
    model.events.push({ chain: tenantId, type: 'tenant.updated', actorId, targetId: tenantId })
  },
})

export const archiveTenant = command({
  name: 'archive a tenant',
  picks: acting,
  resolve: pickActing,
  sentence: ({ actorId, tenantId }) => `${actorId} archives ${tenantId}`,
  predict: (model, input: Acting) => may(model, input, 'tenant:archive'),
  act: ({ tenancy }, { actorId, tenantId }) => tenancy.as({ userId: actorId }).in(tenantId).archive(),
  apply(model, { actorId, tenantId }) {
    setStatus(model, tenantId, 'archived')
    model.events.push({ chain: tenantId, type: 'tenant.archived', actorId, targetId: tenantId })
  },
})

export const restoreTenant = command({
  name: 'restore a tenant',
  picks: acting,
  resolve(model, picks) {
    const archived = pick(
      model.tenants.filter(({ status }) => status === 'archived'),
      picks.tenant,
    )
    if (!archived || picks.tenant % 8 === 7) return pickActing(model, picks)
    const actorId = pickActor(model, archived.id, picks.who)
    return actorId === null ? null : { actorId, tenantId: archived.id }
  },
  sentence: ({ actorId, tenantId }) => `${actorId} restores ${tenantId}`,
  // Whoever may archive a tenant may bring it back; in an archived one nobody holds anything.
  predict: (model, input: Acting) =>
    firstOf(
      () => tenantAccess(model, input, 'archived'),
      () =>
        may({ ...model, tenants: model.tenants.map((one) => ({ ...one, status: 'active' })) }, input, 'tenant:archive'),
    ),
  act: ({ tenancy }, { actorId, tenantId }) => tenancy.as({ userId: actorId }).in(tenantId).restore(),
  apply(model, { actorId, tenantId }) {
    setStatus(model, tenantId, 'active')
    model.events.push({ chain: tenantId, type: 'tenant.restored', actorId, targetId: tenantId })
  },
})

export const switchTenant = command({
  name: 'switch to a tenant',
  picks: acting,
  resolve: pickActing,
  sentence: ({ actorId, tenantId }) => `${actorId} switches to ${tenantId}`,
  predict: (model, input: Acting) =>
    firstOf(
      () => signedIn(model, input.actorId),
      () => tenantAccess(model, input),
    ),
  act: ({ tenancy }, { actorId, tenantId }) => tenancy.as({ userId: actorId }).tenants.switch({ tenantId }),
  apply(model, { actorId, tenantId }) {
    const user = userOf(model, actorId)
    if (user) user.currentTenantId = tenantId
    model.events.push({ chain: actorId, type: 'user.current_tenant_changed', actorId, targetId: tenantId })
  },
})

export const leaveTenant = command({
  name: 'leave a tenant',
  picks: acting,
  resolve: pickActing,
  sentence: ({ actorId, tenantId }) => `${actorId} leaves ${tenantId}`,
  predict: (model, input: Acting) =>
    firstOf(
      () => tenantAccess(model, input),
      () =>
        refuseIf(memberOf(model, input.tenantId, input.actorId)?.roles.includes('owner') === true, 'owner_required'),
    ),
  act: ({ tenancy }, { actorId, tenantId }) => tenancy.as({ userId: actorId }).in(tenantId).members.leave(),
  apply(model, { actorId, tenantId }) {
    closeMembership(model, { tenantId, userId: actorId, actorId, type: 'member.left' })
  },
})
