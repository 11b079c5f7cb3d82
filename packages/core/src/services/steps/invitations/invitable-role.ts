import { mayInviteAs } from '../../../policy/authority.js'
import type { Role } from '../../../policy/policy.js'
import type { TenantStep } from '../../pipeline/command.js'
import { insufficientRank } from '../members/load-member.js'
import { assignableRole } from '../roles/assignable-role.js'

/** The role, when the actor may invite somebody to it. */
export async function invitableRole({ context, tx, tenantId, subject }: TenantStep, key: string): Promise<Role> {
  const role = await assignableRole(context, tx, { tenantId, key })
  if (!mayInviteAs(subject, role)) throw insufficientRank()
  return role
}
