import fc from 'fast-check'
import { command } from '../command.js'
import { REFERENCE } from '../declaration.js'
import { closeMembership, revokeSentBy } from '../departing.js'
import { memberOf } from '../model.js'
import type { Model } from '../model.js'
import { acting, number, pickActing, pickMember, role } from '../picks.js'
import type { Acting } from '../picks.js'
import { isUnrestricted, mayAssign, mayUnshare, mayRemove, outranks } from '../role-rules.js'
import { firstOf, holds, may, mayActOn, refuseIf } from '../rules.js'
import type { Refusal } from '../rules.js'

type OnMember = Acting & { readonly targetId: string }

const onMember = fc.record({ by: acting, target: number })
type OnMemberPicks = typeof onMember extends fc.Arbitrary<infer Picks> ? Picks : never

function resolveOnMember(model: Model, picks: OnMemberPicks): OnMember | null {
  const by = pickActing(model, picks.by)
  const targetId = by && pickMember(model, by, picks.target)
  return by === null || targetId === null ? null : { ...by, targetId }
}

const targetOf = (model: Model, { tenantId, targetId }: OnMember) => memberOf(model, tenantId, targetId)

function record(model: Model, type: string, { actorId, tenantId, targetId }: OnMember): void {
  model.events.push({ chain: tenantId, type, actorId, targetId })
}

export const setRoles = command({
  name: 'change roles',
  picks: fc.record({ on: onMember, roles: fc.uniqueArray(role, { minLength: 1, maxLength: 2 }) }),
  resolve(model, picks) {
    const on = resolveOnMember(model, picks.on)
    return on && { ...on, roles: picks.roles }
  },
  sentence: ({ actorId, tenantId, targetId, roles }) =>
    `${actorId} makes ${targetId} ${roles.join(' and ')} of ${tenantId}`,
  predict: (model, input) =>
    firstOf(
      () => mayActOn(model, input, 'member:assign'),
      () => outranks(model, input, targetOf(model, input)),
      () => mayAssign(model, input, input.roles, targetOf(model, input)),
    ),
  act: ({ tenancy }, { actorId, tenantId, targetId, roles }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.setRoles({ userId: targetId, roles }),
  apply(model, input) {
    const target = targetOf(model, input)
    if (!target || target.roles.join() === input.roles.join()) return
    target.roles = input.roles
    record(model, 'member.roles_updated', input)
  },
})

function mayManage(model: Model, input: OnMember): Refusal {
  return firstOf(
    () => mayActOn(model, input, 'member:assign'),
    () => outranks(model, input, targetOf(model, input)),
  )
}

export const deactivateMember = command({
  name: 'deactivate a member',
  picks: onMember,
  resolve: resolveOnMember,
  sentence: ({ actorId, tenantId, targetId }) => `${actorId} deactivates ${targetId} in ${tenantId}`,
  predict: mayManage,
  act: ({ tenancy }, { actorId, tenantId, targetId }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.deactivate({ userId: targetId }),
  apply(model, input: OnMember) {
    const target = targetOf(model, input)
    if (!target?.active) return
    target.active = false
    revokeSentBy(model, input.tenantId, input.targetId)
    record(model, 'member.deactivated', input)
  },
})

export const activateMember = command({
  name: 'activate a member',
  picks: onMember,
  resolve: resolveOnMember,
  sentence: ({ actorId, tenantId, targetId }) => `${actorId} activates ${targetId} in ${tenantId}`,
  predict: (model, input) =>
    firstOf(
      () => mayManage(model, input),
      () => (targetOf(model, input)?.active ? null : mayUnshare(model, input, targetOf(model, input))),
    ),
  act: ({ tenancy }, { actorId, tenantId, targetId }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.activate({ userId: targetId }),
  apply(model, input: OnMember) {
    const target = targetOf(model, input)
    if (!target || target.active) return
    target.active = true
    record(model, 'member.activated', input)
  },
})

export const removeMember = command({
  name: 'remove a member',
  picks: onMember,
  resolve: resolveOnMember,
  sentence: ({ actorId, tenantId, targetId }) => `${actorId} removes ${targetId} from ${tenantId}`,
  predict: (model, input: OnMember) =>
    firstOf(
      () => mayActOn(model, input, 'member:remove'),
      () => mayRemove(model, input, targetOf(model, input)),
    ),
  act: ({ tenancy }, { actorId, tenantId, targetId }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.remove({ userId: targetId }),
  apply(model, input) {
    const { tenantId, targetId: userId, actorId } = input
    closeMembership(model, { tenantId, userId, actorId, type: 'member.removed' })
  },
})

const overrides = fc.dictionary(
  fc.constantFrom(...REFERENCE.host, 'protocol:read', 'tenant:update', 'invoice:burn'),
  fc.constantFrom(true, true, false, false, null),
  { minKeys: 1, maxKeys: 2, noNullPrototype: true },
)

/** Only from above, and never an unrestricted role's; nobody gives, or gives back, what they do not hold. */
function mayOverride(model: Model, input: OnMember & { readonly overrides: Record<string, boolean | null> }): Refusal {
  const target = targetOf(model, input)
  const gives = (permission: string, value: boolean | null) =>
    (value === true || (value === null && target?.overrides[permission] === false)) &&
    !holds(model, input.tenantId, input.actorId, permission)
  return firstOf(
    () => may(model, input, 'member:override'),
    () => refuseIf(!target, 'member_not_found'),
    () => refuseIf(isUnrestricted(model, input.tenantId, target), 'forbidden'),
    () => outranks(model, input, target),
    ...Object.entries(input.overrides).map(
      ([permission, value]) =>
        () =>
          firstOf(
            () => refuseIf(!REFERENCE.host.includes(permission), 'invalid_input'),
            () => refuseIf(gives(permission, value), 'forbidden'),
          ),
    ),
  )
}

export const setOverrides = command({
  name: 'set overrides',
  picks: fc.record({ on: onMember, overrides }),
  resolve(model, picks) {
    const on = resolveOnMember(model, picks.on)
    return on && { ...on, overrides: picks.overrides }
  },
  sentence: ({ actorId, tenantId, targetId, overrides }) =>
    `${actorId} sets ${JSON.stringify(overrides)} for ${targetId} in ${tenantId}`,
  predict: mayOverride,
  act: ({ tenancy }, { actorId, tenantId, targetId, overrides }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.setOverrides({ userId: targetId, overrides }),
  apply(model, input) {
    const target = targetOf(model, input)
    if (!target) return
    const merged = Object.entries({ ...target.overrides, ...input.overrides })
    target.overrides = Object.fromEntries(merged.filter((entry): entry is [string, boolean] => entry[1] !== null))
    record(model, 'member.overrides_updated', input)
  },
})
