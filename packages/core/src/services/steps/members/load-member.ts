import { TenancyError } from '../../../errors.js'
import type { Member, Membership } from '../../../model/membership.js'
import type { OrganizationMembership } from '../../../model/organization.js'
import type { TenantRole } from '../../../model/tenant-role.js'
import { toSubject } from '../../../policy/decide.js'
import type { Subject } from '../../../policy/decide.js'
import type { Role } from '../../../policy/policy.js'
import type { AccessFacts, AccessReads } from '../../../storage/access-port.js'
import { placeOf } from '../../pipeline/authorize.js'
import type { Context } from '../../pipeline/context.js'
import { toMemberUser } from './to-member-user.js'

/** A member somebody else wants to act on, with what rules over members look at. */
export interface TargetMember {
  readonly member: Member
  /** As if active, because rules over members look at all that a member holds, in force or not. */
  readonly target: Subject
  /** What they may do as things stand. */
  readonly tenantAccess: Subject
  readonly customRoles: readonly TenantRole[]
  readonly organizationMembership: OrganizationMembership | null
}

interface MemberKey {
  readonly tenantId: string
  readonly userId: string
}

/** A member of the tenant, active or not. */
export async function loadMember(
  context: Pick<Context, 'policy'>,
  reads: { readonly access: AccessReads },
  key: MemberKey,
): Promise<TargetMember> {
  const facts = await reads.access.find(key)
  if (!facts?.membership) throw memberNotFound()
  return toTarget(context, facts, facts.membership)
}

/** A member of the tenant, or somebody who runs its organization without being an active one. */
export async function loadInsider(
  context: Pick<Context, 'policy'>,
  reads: { readonly access: AccessReads },
  key: MemberKey,
): Promise<TargetMember> {
  const facts = await reads.access.find(key)
  const membership = facts && placeOf(facts)
  if (!membership) throw memberNotFound()
  return toTarget(context, facts, membership)
}

function toTarget({ policy }: Pick<Context, 'policy'>, facts: AccessFacts, membership: Membership): TargetMember {
  const { user, customRoles, organizationMembership } = facts
  const within = { ...facts, tenant: { ...facts.tenant, status: 'active' as const } }
  const tenantAccess = toSubject(policy, within)
  const target = facts.membership?.active
    ? tenantAccess
    : toSubject(policy, { ...within, membership: facts.membership && { ...facts.membership, active: true } })
  return { member: toMemberUser({ ...membership, user }), target, tenantAccess, customRoles, organizationMembership }
}

/** The roles that a member holds, without the one that running the organization gives. */
export function customRolesOf(target: Subject): readonly Role[] {
  return target.roles.filter((role) => role !== target.shared)
}

export function memberNotFound(): TenancyError {
  return new TenancyError('member_not_found', 'No such member', {})
}

export function insufficientRank(): TenancyError {
  return new TenancyError('forbidden', 'You cannot manage a member or role of this rank', {})
}
