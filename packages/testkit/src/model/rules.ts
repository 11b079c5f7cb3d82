import type { ErrorCode, TenantStatus } from '@tenantry/core'
import { referenceDecision } from '../reference/reference-decision.js'
import type { ReferenceFacts } from '../reference/reference-decision.js'
import { LIMITS, REFERENCE, SEATS } from './declaration.js'
import { memberOf, membersOf, tenantOf, userOf } from './model.js'
import type { Model } from './model.js'
import type { Acting } from './picks.js'

/** What the documents say about who may do what. Each rule answers the code of the refusal, or `null`. */
export type Refusal = ErrorCode | null

/** The first refusal of several, in the order in which the documents name them. */
export function firstOf(...rules: readonly (() => Refusal)[]): Refusal {
  for (const rule of rules) {
    const refusal = rule()
    if (refusal) return refusal
  }
  return null
}

export function refuseIf(isBroken: boolean, code: ErrorCode): Refusal {
  return isBroken ? code : null
}

export function factsOf(model: Model, tenantId: string, userId: string): ReferenceFacts | null {
  const tenant = tenantOf(model, tenantId)
  const user = userOf(model, userId)
  if (!tenant || !user) return null
  const membership = memberOf(model, tenantId, userId) ?? null
  return { tenant, user, membership, customRoles: model.roles.filter((role) => role.tenantId === tenantId) }
}

export function holds(model: Model, tenantId: string, userId: string, permission: string): boolean {
  const facts = factsOf(model, tenantId, userId)
  return facts !== null && referenceDecision(REFERENCE, facts, permission).allowed
}

/** Whether a user may act at all. */
export function signedIn(model: Model, userId: string): Refusal {
  return refuseIf(userOf(model, userId)?.status !== 'active', 'unauthenticated')
}

/** Being an active member comes before everything; a tenant one is not in is a tenant that does not exist. */
export function tenantAccess(model: Model, { actorId, tenantId }: Acting, status: TenantStatus = 'active'): Refusal {
  const tenant = tenantOf(model, tenantId)
  if (!tenant) return 'tenant_not_found'
  return firstOf(
    () => refuseIf(!memberOf(model, tenantId, actorId)?.active, 'tenant_not_found'),
    () => signedIn(model, actorId),
    () => refuseIf(tenant.status === 'deleted' && status !== 'deleted', 'tenant_not_found'),
    () => refuseIf(tenant.status !== status, tenant.status === 'active' ? 'conflict' : 'tenant_not_active'),
  )
}

/** Standing, then not oneself, then the permission, then the member acted on. */
export function mayActOn(model: Model, acting: Acting & { readonly targetId: string }, permission: string): Refusal {
  const { actorId, tenantId, targetId } = acting
  return firstOf(
    () => tenantAccess(model, acting),
    () => refuseIf(actorId === targetId, 'self_action_forbidden'),
    () => refuseIf(!holds(model, tenantId, actorId, permission), 'forbidden'),
    () => refuseIf(!memberOf(model, tenantId, targetId), 'member_not_found'),
  )
}

export function may(model: Model, acting: Acting, permission: string): Refusal {
  return firstOf(
    () => tenantAccess(model, acting),
    () => refuseIf(!holds(model, acting.tenantId, acting.actorId, permission), 'forbidden'),
  )
}

export function seatLeft(model: Model, tenantId: string): Refusal {
  const seats = SEATS[tenantOf(model, tenantId)?.plan ?? ''] ?? 0
  return refuseIf(membersOf(model, tenantId).length >= seats, 'member_limit_exceeded')
}

/** Counts memberships, active or not, in tenants that are not deleted. */
export function tenantLeft(model: Model, userId: string): Refusal {
  const taken = model.members.filter(
    (member) => member.userId === userId && tenantOf(model, member.tenantId)?.status !== 'deleted',
  )
  return refuseIf(taken.length >= LIMITS.tenantsPerUser, 'tenant_limit_exceeded')
}
