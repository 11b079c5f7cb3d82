import { isSubset, union } from './permissions.js'
import type { Mask } from './permissions.js'
import type { Subject } from './decide.js'
import type { Role } from './policy.js'
import { OWNER } from './roles.js'

/** Over whom and with which roles a member may act. Each is asked after the permission itself, such as `member:remove`. */

/** A role may be handed out by whoever ranks at least as high and holds all it gives; the owner's never. */
export function mayInviteAs(actor: Subject, role: Role): boolean {
  return role.key !== OWNER && role.rank <= actor.rank && isSubset(role.mask, actor.effective)
}

/** Whoever accepts an invitation joins as what it offers, or as less. */
export function mayAcceptAs(offered: Role, wanted: Role): boolean {
  return wanted.key !== OWNER && wanted.rank <= offered.rank && isSubset(wanted.mask, offered.mask)
}

/** Whoever comes back by themselves comes back to at most what they had. */
export function mayReturnAs(had: readonly Role[], wanted: Role): boolean {
  const rank = Math.max(-Infinity, ...had.map((role) => role.rank))
  const mask = had.reduce<Mask>((held, role) => union(role.mask, held), [])
  return wanted.key !== OWNER && wanted.rank <= rank && isSubset(wanted.mask, mask)
}

/** A member may be removed by whoever ranks at least as high; the owner never. */
export function mayRemove(actor: Subject, target: Subject): boolean {
  return isWithinReach(actor, target) && target.rank <= actor.rank
}

/** A member may be changed, activated or deactivated only by whoever ranks above; the owner never. */
export function mayManage(actor: Subject, target: Subject): boolean {
  return isWithinReach(actor, target) && target.rank < actor.rank
}

/** A new role must rank below the actor's own, and give nothing the actor does not hold. */
export function mayAssign(actor: Subject, role: Role): boolean {
  return role.key !== OWNER && role.rank < actor.rank && isSubset(role.mask, actor.effective)
}

/** Whoever lets somebody work again must be able to grant all that this gives back: each role and each single permission. */
export function mayUnshare(actor: Subject, held: { readonly roles: readonly Role[]; readonly granted: Mask }): boolean {
  return held.roles.every((role) => mayAssign(actor, role)) && isSubset(held.granted, actor.effective)
}

/** Single permissions are given and taken only from above; an unrestricted role's holder cannot be restricted. */
export function mayOverride(actor: Subject, target: Subject): boolean {
  return !target.unrestricted && mayManage(actor, target)
}

/** What a person is in an organization is its admins' to change, but a superuser's is an operator's. */
export function mayManageInOrganization(
  actor: { readonly isOperator: boolean },
  target: { readonly superuser: boolean },
): boolean {
  return actor.isOperator || !target.superuser
}

/** What a role says is written only by whoever ranks above it, and holds all it gives. */
export function mayWriteRole(actor: Subject, written: Role): boolean {
  return written.rank < actor.rank && isSubset(written.mask, actor.effective)
}

/** A role that is there is changed or deleted only from above, and by its holder only when an unrestricted role makes it add nothing. */
export function mayReviseRole(actor: Subject, role: Role): boolean {
  return role.rank < actor.rank && (actor.unrestricted || !holds(actor, role.key))
}

/** Nobody has authority over the owner, nor does an organization's admin, as such, over a superuser. */
function isWithinReach(actor: Subject, target: Subject): boolean {
  return !isOwner(target) && !(actor.shared && target.superuser)
}

function isOwner(subject: Subject): boolean {
  return holds(subject, OWNER)
}

function holds(subject: Subject, key: string): boolean {
  return subject.roles.some((role) => role.key === key)
}
