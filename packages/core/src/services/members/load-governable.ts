import { TenancyError } from '../../errors.js'
import { mayAssign, mayManage } from '../../policy/authority.js'
import { isOwnerOf } from '../../policy/invariants.js'
import { CEILING } from '../../policy/roles.js'
import type { TenantStep } from '../command.js'
import { assignableRole } from '../roles/assignable-role.js'
import { loadMember, outOfAuthority } from './load-member.js'
import type { TargetMember } from './load-member.js'

/** A member whom the actor may make an admin or a plain member: the actor ranks above admins, and it is not the owner. */
export async function loadGovernable(step: TenantStep, userId: string): Promise<TargetMember> {
  const { context, tx, tenant, tenantId, subject } = step
  const admin = await assignableRole(context, tx, { tenantId, key: CEILING })
  if (!mayAssign(subject, admin)) throw outOfAuthority()
  const found = await loadMember(context, tx, { tenantId, userId })
  if (isOwnerOf(tenant, userId)) throw ownerMustStay()
  if (!mayManage(subject, found.target)) throw outOfAuthority()
  return found
}

export function ownerMustStay(): TenancyError {
  return new TenancyError('owner_must_stay', 'Hand the tenant over first', {})
}
