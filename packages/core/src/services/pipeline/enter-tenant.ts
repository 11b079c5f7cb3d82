import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { line } from '../../model/id.js'
import type { TenantStatus } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import { operatorSubject } from '../../policy/operator-subject.js'
import type { Reads } from '../../storage/port.js'
import { isSystem, requireUserId, unauthenticated, userIdOf } from './actor.js'
import { resolveAccess, requireStatus, requireTenantId, tenantNotFound } from './authorize.js'
import type { MemberAccess, TenantAccess } from './authorize.js'
import { parseInput } from './parse-input.js'
import type { Scope, TenantScope } from './scope.js'

type EntryReads = Pick<Reads, 'access' | 'tenants' | 'users'>

/** Why an operator acts, in words for whoever reads the events: a line of 1 to 500 characters. */
export const Reason = z
  .string('is needed: say why an operator acts, such as in(tenantId, { reason: "Ticket 4711" })')
  .pipe(line(500))

/**
 * Loads the caller's access to a tenant of one of these statuses. Whoever gives a reason acts as an operator, and so
 * does the host's own code; everybody else as the member they are.
 */
export async function enterTenant(
  scope: TenantScope,
  reads: EntryReads,
  statuses: readonly TenantStatus[] = ['active'],
): Promise<TenantAccess> {
  const tenantId = requireTenantId(scope)
  if (!scope.operator && !isSystem(scope.actor))
    return resolveAccess(scope.context, reads, { tenantId, userId: requireUserId(scope.actor) }, statuses)
  const user = await loadOperator(scope, reads)
  parseInput(z.object({ reason: Reason }), { reason: scope.operator?.reason })
  const tenant = await reads.tenants.find(tenantId)
  if (!tenant) throw tenantNotFound()
  // What is done in an active tenant, operators also do in one that they have suspended.
  requireStatus(tenant, statuses.includes('active') ? [...statuses, 'suspended'] : statuses)
  const subject = operatorSubject(scope.context.policy, { tenant: { ...tenant, status: 'active' }, user })
  return { tenant, user, membership: null, viaOrganization: false, subject }
}

/**
 * Refuses whoever may not act in tenants as an operator, before anything of a tenant is read. Answers the superuser, or
 * `null` for the host's own code.
 */
export async function loadOperator({ context, actor }: Scope, { users }: Pick<Reads, 'users'>): Promise<User | null> {
  if (isSystem(actor)) return null
  const userId = userIdOf(actor)
  const user = userId === null ? null : await users.find(userId)
  if (user?.status !== 'active') throw unauthenticated()
  if (!user.superuser) throw new TenancyError('forbidden', 'Only operators may do this', {})
  if (context.operatorAccess) return user
  throw new TenancyError('forbidden', 'Superusers do not act in tenants here: the host says operatorAccess: false', {})
}

/** Refuses an operator what only a member can do. */
export function requireMember({ user, membership }: TenantAccess): Pick<MemberAccess, 'user' | 'membership'> {
  if (user && membership) return { user, membership }
  throw new TenancyError('forbidden', 'Only a member may do this: an operator has no place in the tenant', {})
}
