import { TenancyError } from '../../../errors.js'
import { RoleKey } from '../../../model/membership.js'
import type { Role } from '../../../policy/policy.js'
import { OWNER } from '../../../policy/roles.js'
import type { RoleKeyOfTenant, RoleReads } from '../../../storage/role-port.js'
import type { Context } from '../../pipeline/context.js'
import { findRole } from './find-role.js'

/** A role by its key. Unknown ones, and the owner's, are no roles that can be given. */
export async function assignableRole(
  context: Pick<Context, 'policy'>,
  reads: { readonly roles: RoleReads },
  { tenantId, key }: RoleKeyOfTenant,
): Promise<Role> {
  const role = RoleKey.safeParse(key).success ? await findRole(context, reads, { tenantId, key }) : null
  if (role && role.key !== OWNER) return role
  throw new TenancyError('invalid_role', `"${key.slice(0, 63)}" is no role that can be given`, {
    role: key.slice(0, 63),
  })
}
