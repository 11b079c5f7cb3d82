import { mayInviteAs } from '../../policy/authority.js'
import type { Role } from '../../policy/policy.js'
import type { TenantStep } from '../command.js'
import { assignableRole } from '../members/assignable-role.js'
import { outOfAuthority } from '../members/load-member.js'

/** The role, when the actor may invite somebody to it. */
export function invitableRole({ context, subject }: TenantStep, key: string): Role {
  const role = assignableRole(context.policy, key)
  if (!mayInviteAs(subject, role)) throw outOfAuthority()
  return role
}
