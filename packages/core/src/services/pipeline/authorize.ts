import { TenancyError } from '../../errors.js'
import { Id } from '../../model/id.js'
import { inheritedMembership } from '../../model/inherited-membership.js'
import type { Membership } from '../../model/membership.js'
import type { Tenant, TenantStatus } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import { decide, toSubject } from '../../policy/decide.js'
import type { Subject } from '../../policy/decide.js'
import { runsOrganization } from '../../policy/invariants.js'
import type { TenancyPermission } from '../../policy/permissions.js'
import { ORGANIZATION_ADMIN } from '../../policy/roles.js'
import type { AccessFacts, AccessReads } from '../../storage/access-port.js'
import { unauthenticated } from './actor.js'
import type { Context } from './context.js'

/** Where the actor stands in the tenant. */
export interface TenantAccess {
  readonly tenant: Tenant
  /** `null` for the host's own code. */
  readonly user: User | null
  /** The user's own, or one that stands for running the tenant's organization; `null` for an operator. */
  readonly membership: Membership | null
  /** Whether there is no active membership of the user's own, and the organization alone lets them in. */
  readonly viaOrganization: boolean
  readonly subject: Subject
}

/** Where a member stands, or who runs the organization. */
export interface MemberAccess extends TenantAccess {
  readonly user: User
  readonly membership: Membership
}

export function tenantNotFound(): TenancyError {
  return new TenancyError('tenant_not_found', 'No such tenant', {})
}

/** The tenant a call names. What is no id at all is answered as the id of no tenant, before any storage sees it. */
export function requireTenantId({ tenantId }: { readonly tenantId: string }): string {
  if (Id.safeParse(tenantId).success) return tenantId
  throw tenantNotFound()
}

/**
 * Loads the access of an active member, or of who runs the organization, in a tenant of one of these statuses.
 * Whoever is neither gets the same answer as for a tenant that does not exist, and so does everybody once it is deleted.
 */
export async function resolveAccess(
  context: Pick<Context, 'policy'>,
  reads: { readonly access: AccessReads },
  key: { readonly tenantId: string; readonly userId: string },
  statuses: readonly TenantStatus[] = ['active'],
): Promise<MemberAccess> {
  const facts = await reads.access.find(key)
  if (!facts) throw tenantNotFound()
  const membership = placeOf(facts)
  if (!membership?.active) throw tenantNotFound()
  const { tenant, user } = facts
  if (user.status !== 'active') throw unauthenticated()
  requireStatus(tenant, statuses)
  // What another tenant allows is decided as if it were active: only commands made for its status get here.
  const subject = toSubject(context.policy, { ...facts, tenant: { ...tenant, status: 'active' } })
  return { tenant, user, membership, viaOrganization: facts.membership?.active !== true, subject }
}

/** Refuses what is not for a tenant in this status. */
export function requireStatus({ status }: Pick<Tenant, 'status'>, statuses: readonly TenantStatus[]): void {
  if (statuses.includes(status)) return
  if (status === 'deleted') throw tenantNotFound()
  if (status === 'active') throw new TenancyError('conflict', 'The tenant is active', {})
  throw new TenancyError('tenant_not_active', `The tenant is ${status}`, { status })
}

/**
 * The user's membership, or what stands for it where somebody runs the organization and is no active member: an inactive
 * membership never takes away what the organization gives.
 */
export function placeOf({ tenant, membership, organizationMembership: above }: AccessFacts): Membership | null {
  if (membership?.active || !above || !runsOrganization(above)) return membership
  return inheritedMembership(above, { tenantId: tenant.id, role: ORGANIZATION_ADMIN })
}

export function authorize(
  context: Pick<Context, 'policy'>,
  tenantAccess: TenantAccess,
  permission: TenancyPermission,
): void {
  if (decide(context.policy, tenantAccess.subject, permission).allowed) return
  throw new TenancyError('forbidden', `This needs the permission ${permission}`, { permission })
}
