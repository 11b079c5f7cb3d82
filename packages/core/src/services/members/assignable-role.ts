import { TenancyError } from '../../errors.js'
import type { Policy, Role } from '../../policy/policy.js'
import { OWNER } from '../../policy/roles.js'

/** A role by its key. Unknown ones, and the owner's, are no roles that can be given. */
export function assignableRole(policy: Policy, key: string): Role {
  const role = policy.roles.get(key)
  if (role && role.key !== OWNER) return role
  throw new TenancyError('invalid_role', `"${key.slice(0, 63)}" is no role that can be given`, {
    role: key.slice(0, 63),
  })
}
