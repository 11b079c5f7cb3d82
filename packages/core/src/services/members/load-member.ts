import { TenancyError } from '../../errors.js'
import type { Member, Membership } from '../../model/membership.js'
import type { OrganizationMembership } from '../../model/organization.js'
import type { TenantRole } from '../../model/tenant-role.js'
import { toSubject } from '../../policy/decide.js'
import type { Subject } from '../../policy/decide.js'
import type { AccessFacts, AccessReads } from '../../storage/access-port.js'
import { placeOf } from '../authorize.js'
import type { Context } from '../context.js'
import { asFellow } from './as-fellow.js'

/** A member somebody else wants to act on, with what rules over members look at. */
export interface TargetMember {
  readonly member: Member
  readonly target: Subject
  readonly ownRoles: readonly TenantRole[]
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

/** A member of the tenant, or somebody who runs its organization without being one. */
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
  const { user, ownRoles, organizationMembership } = facts
  const target = toSubject(policy, { ...facts, tenant: { ...facts.tenant, status: 'active' } })
  return { member: asFellow({ ...membership, user }), target, ownRoles, organizationMembership }
}

export function memberNotFound(): TenancyError {
  return new TenancyError('member_not_found', 'No such member', {})
}

export function outOfAuthority(): TenancyError {
  return new TenancyError('forbidden', 'This member or role is out of your authority', {})
}
