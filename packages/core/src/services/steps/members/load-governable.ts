import { TenancyError } from '../../../errors.js'
import { mayAssign, mayManage } from '../../../policy/authority.js'
import { isOwnerOf } from '../../../policy/invariants.js'
import { MAX_CUSTOM_RANK_ROLE } from '../../../policy/roles.js'
import type { TenantStep } from '../../pipeline/command.js'
import { assignableRole } from '../roles/assignable-role.js'
import { loadMember, insufficientRank } from './load-member.js'
import type { TargetMember } from './load-member.js'

/** A member whom the actor may make an admin or a plain member: the actor ranks above admins, and it is not the owner. */
export async function loadGovernable(step: TenantStep, userId: string): Promise<TargetMember> {
  const { context, tx, tenant, tenantId, subject } = step
  const admin = await assignableRole(context, tx, { tenantId, key: MAX_CUSTOM_RANK_ROLE })
  if (!mayAssign(subject, admin)) throw insufficientRank()
  const found = await loadMember(context, tx, { tenantId, userId })
  if (isOwnerOf(tenant, userId)) throw ownerRequired()
  if (!mayManage(subject, found.target)) throw insufficientRank()
  return found
}

export function ownerRequired(): TenancyError {
  return new TenancyError('owner_required', 'Hand the tenant over first', {})
}
