import { SYSTEM } from '@tenantry/core'
import type { Actor, TenantStatus } from '@tenantry/core'
import fc from 'fast-check'
import { command } from '../command.js'
import { SEATS } from '../declaration.js'
import { pendingOf } from '../issuing.js'
import { drop, memberOf, tenantOf, userOf } from '../model.js'
import type { Model } from '../model.js'
import { acting, number, pick, pickActing, pickMember } from '../picks.js'
import type { ActingPicks } from '../picks.js'
import { firstOf, refuseIf, seatLeft, signedIn, tenantLeft } from '../rules.js'
import type { Refusal } from '../rules.js'

/** A tenant, and who acts on it: the host's own code (`null`), and now and then somebody who is no operator. */
interface Operating {
  readonly actorId: string | null
  readonly tenantId: string
}

const operating = fc.record({ on: acting, isHost: fc.constantFrom(true, true, true, true, true, false) })
type OperatingPicks = typeof operating extends fc.Arbitrary<infer Picks> ? Picks : never

function pickOperating(model: Model, { on, isHost }: OperatingPicks): Operating | null {
  const picked = pickActing(model, on)
  return picked && { tenantId: picked.tenantId, actorId: isHost ? null : picked.actorId }
}

/** The same, mostly of a tenant that this can be done to. */
function pickInNeed(model: Model, picks: OperatingPicks, status: TenantStatus): Operating | null {
  const { tenant }: ActingPicks = picks.on
  const inNeed = pick(
    model.tenants.filter((one) => one.status === status),
    tenant,
  )
  const picked = pickOperating(model, picks)
  return picked && inNeed && tenant % 4 < 3 ? { ...picked, tenantId: inNeed.id } : picked
}

const actorOf = ({ actorId }: Operating): Actor => (actorId === null ? SYSTEM : { userId: actorId })
const nameOf = ({ actorId }: Operating) => actorId ?? 'the host'
const about = ({ tenantId }: Operating) => ({ tenantId, reason: 'The model says so' })

const NOT_DELETED: readonly TenantStatus[] = ['active', 'suspended', 'archived']

function mayOperate(
  model: Model,
  { actorId, tenantId }: Operating,
  statuses: readonly TenantStatus[] = NOT_DELETED,
): Refusal {
  const status = tenantOf(model, tenantId)?.status ?? 'deleted'
  return firstOf(
    () => (actorId === null ? null : signedIn(model, actorId)),
    () => refuseIf(actorId !== null, 'forbidden'),
    () => refuseIf(status === 'deleted', 'tenant_not_found'),
    () => refuseIf(!statuses.includes(status), status === 'active' ? 'conflict' : 'tenant_not_active'),
  )
}

function record(model: Model, type: string, { actorId, tenantId }: Operating, targetId = tenantId): void {
  model.events.push({ chain: tenantId, type, actorId, targetId })
}

export const setPlan = command({
  name: 'set a plan',
  picks: fc.record({ on: operating, plan: fc.constantFrom(...Object.keys(SEATS)) }),
  resolve(model, { on, plan }) {
    const picked = pickOperating(model, on)
    return picked && { ...picked, plan }
  },
  sentence: (input) => `${nameOf(input)} gives ${input.tenantId} the plan ${input.plan}`,
  predict: (model, input) => mayOperate(model, input),
  act: ({ tenancy }, input) => tenancy.as(actorOf(input)).tenants.setPlan({ ...about(input), plan: input.plan }),
  apply(model, input) {
    const tenant = tenantOf(model, input.tenantId)
    if (!tenant || tenant.plan === input.plan) return
    tenant.plan = input.plan
    record(model, 'tenant.plan_updated', input)
  },
})

export const suspendTenant = command({
  name: 'suspend a tenant',
  picks: operating,
  resolve: pickOperating,
  sentence: (input) => `${nameOf(input)} suspends ${input.tenantId}`,
  predict: (model, input) =>
    firstOf(
      () => mayOperate(model, input),
      () => refuseIf(tenantOf(model, input.tenantId)?.status === 'suspended', 'conflict'),
    ),
  act: ({ tenancy }, input) => tenancy.as(actorOf(input)).tenants.suspend(about(input)),
  apply(model, input) {
    Object.assign(tenantOf(model, input.tenantId) ?? {}, { status: 'suspended' })
    record(model, 'tenant.suspended', input)
  },
})

export const reactivateTenant = command({
  name: 'reactivate a tenant',
  picks: operating,
  resolve: (model, picks) => pickInNeed(model, picks, 'suspended'),
  sentence: (input) => `${nameOf(input)} reactivates ${input.tenantId}`,
  predict: (model, input) => mayOperate(model, input, ['suspended']),
  act: ({ tenancy }, input) => tenancy.as(actorOf(input)).tenants.reactivate(about(input)),
  apply(model, input) {
    Object.assign(tenantOf(model, input.tenantId) ?? {}, { status: 'active' })
    record(model, 'tenant.reactivated', input)
  },
})

export const transferOwnership = command({
  name: 'hand a tenant over without its owner',
  picks: fc.record({ on: operating, target: number }),
  resolve(model, { on, target }) {
    const picked = pickOperating(model, on)
    const userId = picked && pickMember(model, { tenantId: picked.tenantId }, target)
    return picked && userId !== null ? { ...picked, userId } : null
  },
  sentence: (input) => `${nameOf(input)} hands ${input.tenantId} over to ${input.userId}`,
  predict(model, input) {
    const { tenantId, userId } = input
    const isMember = memberOf(model, tenantId, userId) !== undefined
    return firstOf(
      () => mayOperate(model, input),
      () => refuseIf(tenantOf(model, tenantId)?.ownerId === userId, 'conflict'),
      () => refuseIf(userOf(model, userId)?.status !== 'active', 'user_not_found'),
      () => (isMember ? null : seatLeft(model, tenantId)),
      () => (isMember ? null : tenantLeft(model, userId)),
    )
  },
  act: ({ tenancy }, input) =>
    tenancy.as(actorOf(input)).tenants.transferOwnership({ ...about(input), userId: input.userId }),
  apply(model, input) {
    const tenant = tenantOf(model, input.tenantId)
    if (!tenant) return
    const former = tenant.ownerId
    becomeOwner(model, input)
    drop(model.transfers, ({ tenantId }) => tenantId === tenant.id)
    tenant.ownerId = input.userId
    Object.assign(memberOf(model, tenant.id, former) ?? {}, { roles: ['admin'] })
    for (const userId of [former, input.userId]) model.mailed.push(userOf(model, userId)?.email ?? '')
    record(model, 'ownership.transferred', input, input.userId)
  },
})

/** Whoever is no member becomes one, and whoever is not active becomes active. Nobody lifts what they were denied. */
function becomeOwner(model: Model, input: Operating & { readonly userId: string }): void {
  const { tenantId, userId } = input
  const member = memberOf(model, tenantId, userId)
  if (member) {
    if (!member.active) record(model, 'member.activated', input, userId)
    Object.assign(member, { roles: ['owner'], active: true })
    return
  }
  const denied = model.denied.get(`${tenantId} ${userId}`) ?? []
  model.members.push({
    ...{ tenantId, userId, roles: ['owner'], active: true, invitedBy: null, isUnseen: false, createdAt: model.now },
    overrides: Object.fromEntries(denied.map((name) => [name, false])),
  })
  // An invitation of an address that is not proven theirs may be another's.
  const user = userOf(model, userId)
  if (user?.isVerified)
    Object.assign(pendingOf(model, tenantId, user.email) ?? {}, { status: 'revoked', resolvedAt: model.now })
  record(model, 'member.added', input, userId)
}
