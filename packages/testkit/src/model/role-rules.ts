import { heldBy } from '../reference/reference-decision.js'
import type { ReferenceRole } from '../reference/reference-decision.js'
import { REFERENCE } from './declaration.js'
import { memberOf } from './model.js'
import type { Model, ModelMember, ModelRole } from './model.js'
import type { Acting } from './picks.js'
import { firstOf, holds, refuseIf } from './rules.js'
import type { Refusal } from './rules.js'

/** What a key stands for in a tenant: a role of its own, or one that every tenant has. */
function roleIn(model: Model, tenantId: string, key: string): ReferenceRole | undefined {
  return customRoleOf(model, tenantId, key) ?? (Object.hasOwn(REFERENCE.roles, key) ? REFERENCE.roles[key] : undefined)
}

export function customRoleOf(model: Model, tenantId: string, key: string): ModelRole | undefined {
  return model.roles.find((role) => role.tenantId === tenantId && role.key === key)
}

function rolesHeld(model: Model, tenantId: string, member: ModelMember | undefined): readonly ReferenceRole[] {
  return (member?.roles ?? []).flatMap((key) => roleIn(model, tenantId, key) ?? [])
}

/** The highest of a member's ranks. */
function rankOf(model: Model, tenantId: string, member: ModelMember | undefined): number {
  return Math.max(0, ...rolesHeld(model, tenantId, member).map(({ rank }) => rank))
}

function customRank(model: Model, { tenantId, actorId }: Acting): number {
  return rankOf(model, tenantId, memberOf(model, tenantId, actorId))
}

export function isUnrestricted(model: Model, tenantId: string, member: ModelMember | undefined): boolean {
  return rolesHeld(model, tenantId, member).some(({ unrestricted }) => unrestricted === true)
}

function holdsAllOf(model: Model, { tenantId, actorId }: Acting, role: ReferenceRole): boolean {
  return heldBy(REFERENCE, role).every((permission) => holds(model, tenantId, actorId, permission))
}

/** A role that can be given at all: a known one, and never the owner's. */
function givable(model: Model, tenantId: string, key: string): Refusal {
  return refuseIf(key === 'owner' || !roleIn(model, tenantId, key), 'invalid_role')
}

/** Invite with role R: rank(R) ≤ own rank, and nothing one does not hold. */
export function mayInvite(model: Model, acting: Acting, key: string): Refusal {
  const role = roleIn(model, acting.tenantId, key)
  return firstOf(
    () => givable(model, acting.tenantId, key),
    () => refuseIf(!role || role.rank > customRank(model, acting) || !holdsAllOf(model, acting, role), 'forbidden'),
  )
}

/** Give M the roles: rank(R) < own rank, and nothing one does not hold. What is held already is not given. */
export function mayAssign(
  model: Model,
  acting: Acting,
  keys: readonly string[],
  target: ModelMember | undefined,
): Refusal {
  return firstOf(
    ...keys.map((key) => () => {
      const role = roleIn(model, acting.tenantId, key)
      const isHeld = target?.roles.includes(key) === true
      return firstOf(
        () => givable(model, acting.tenantId, key),
        () => refuseIf(!isHeld && !(role && mayWrite(model, acting, role)), 'forbidden'),
      )
    }),
  )
}

/** Say what a role is: rank(R) < own rank, and nothing one does not hold. */
export function mayWrite(model: Model, acting: Acting, role: ReferenceRole): boolean {
  return role.rank < customRank(model, acting) && holdsAllOf(model, acting, role)
}

/** Change or delete a role: rank(R) < own rank; a role one holds only with a full one, to which it adds nothing. */
export function mayRevise(model: Model, acting: Acting, role: ModelRole): boolean {
  const actor = memberOf(model, acting.tenantId, acting.actorId)
  const adds = actor?.roles.includes(role.key) === true && !isUnrestricted(model, acting.tenantId, actor)
  return role.rank < customRank(model, acting) && !adds
}

/** Change, activate or deactivate M: rank(M) < own rank; never the owner. */
export function outranks(model: Model, acting: Acting, target: ModelMember | undefined): Refusal {
  return refuseIf(
    target?.roles.includes('owner') === true || rankOf(model, acting.tenantId, target) >= customRank(model, acting),
    'forbidden',
  )
}

/** Let M work again: give each of the roles, and each permission that M alone was granted. */
export function mayUnshare(model: Model, acting: Acting, target: ModelMember | undefined): Refusal {
  const { tenantId, actorId } = acting
  const granted = Object.keys(target?.overrides ?? {}).filter((name) => target?.overrides[name] === true)
  const roles = rolesHeld(model, tenantId, target)
  const isTheirs =
    roles.every((role) => mayWrite(model, acting, role)) &&
    granted.every((permission) => holds(model, tenantId, actorId, permission))
  return refuseIf(!isTheirs, 'forbidden')
}

/** What M is denied again who comes back: all that the grantor could not take away from such a member. */
export function denialsOnReturn(model: Model, acting: Acting, userId: string, key: string): Record<string, boolean> {
  const { tenantId, actorId } = acting
  const rank = roleIn(model, tenantId, key)?.rank ?? 0
  const lifts = (permission: string) =>
    rank < customRank(model, acting) &&
    holds(model, tenantId, actorId, 'member:override') &&
    holds(model, tenantId, actorId, permission)
  const denied = model.denied.get(`${tenantId} ${userId}`) ?? []
  return Object.fromEntries(denied.filter((name) => !lifts(name)).map((name) => [name, false]))
}

/** Remove M: rank(M) ≤ own rank; never the owner. */
export function mayRemove(model: Model, acting: Acting, target: ModelMember | undefined): Refusal {
  return refuseIf(
    target?.roles.includes('owner') === true || rankOf(model, acting.tenantId, target) > customRank(model, acting),
    'forbidden',
  )
}
