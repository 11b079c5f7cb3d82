import { TenancyError } from '../../errors.js'
import type { Member } from '../../model/membership.js'
import { toSubject } from '../../policy/decide.js'
import type { Subject } from '../../policy/decide.js'
import type { MembershipReads } from '../../storage/membership-port.js'
import type { Context } from '../context.js'
import { asFellow } from './as-fellow.js'

/** A member somebody else wants to act on, with what rules over members look at. */
export interface TargetMember {
  readonly member: Member
  readonly target: Subject
}

export async function loadMember(
  context: Pick<Context, 'policy'>,
  reads: { readonly memberships: MembershipReads },
  key: { readonly tenantId: string; readonly userId: string },
): Promise<TargetMember> {
  const found = await reads.memberships.find(key)
  if (!found) throw memberNotFound()
  const tenant = { id: key.tenantId, status: 'active' } as const
  const target = toSubject(context.policy, { tenant, user: found.user, membership: found })
  return { member: asFellow(found), target }
}

export function memberNotFound(): TenancyError {
  return new TenancyError('member_not_found', 'No such member', {})
}

export function outOfAuthority(): TenancyError {
  return new TenancyError('forbidden', 'This member or role is out of your authority', {})
}
