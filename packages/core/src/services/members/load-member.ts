import { TenancyError } from '../../errors.js'
import type { Member } from '../../model/membership.js'
import type { TenantRole } from '../../model/tenant-role.js'
import { toSubject } from '../../policy/decide.js'
import type { Subject } from '../../policy/decide.js'
import type { AccessReads } from '../../storage/access-port.js'
import type { Context } from '../context.js'
import { asFellow } from './as-fellow.js'

/** A member somebody else wants to act on, with what rules over members look at. */
export interface TargetMember {
  readonly member: Member
  readonly target: Subject
  readonly ownRoles: readonly TenantRole[]
}

export async function loadMember(
  context: Pick<Context, 'policy'>,
  reads: { readonly access: AccessReads },
  key: { readonly tenantId: string; readonly userId: string },
): Promise<TargetMember> {
  const facts = await reads.access.find(key)
  if (!facts?.membership) throw memberNotFound()
  const { membership, user, ownRoles } = facts
  const target = toSubject(context.policy, { ...facts, tenant: { ...facts.tenant, status: 'active' } })
  return { member: asFellow({ ...membership, user }), target, ownRoles }
}

export function memberNotFound(): TenancyError {
  return new TenancyError('member_not_found', 'No such member', {})
}

export function outOfAuthority(): TenancyError {
  return new TenancyError('forbidden', 'This member or role is out of your authority', {})
}
