import { TenancyError } from '../../../errors.js'
import { RoleKey } from '../../../model/membership.js'
import type { TenantRole } from '../../../model/tenant-role.js'
import { mayReviseRole } from '../../../policy/authority.js'
import { compileCustomRole } from '../../../policy/custom-role.js'
import type { TenantStep } from '../../pipeline/command.js'
import { insufficientRank } from '../members/load-member.js'

/** A role of the tenant's own, when the actor may change or delete it. Those the host declared are the host's. */
export async function loadCustomRole({ context, tx, tenantId, subject }: TenantStep, key: string): Promise<TenantRole> {
  // What no role can be called is answered as a role that is not there, before the storage sees it.
  const role = RoleKey.safeParse(key).success ? await tx.roles.find({ tenantId, key }) : null
  if (!role) throw new TenancyError('role_not_found', 'The tenant has no such role of its own', {})
  if (!mayReviseRole(subject, compileCustomRole(context.policy, role))) throw insufficientRank()
  return role
}
