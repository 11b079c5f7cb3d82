import { resolveRole } from '../../../policy/custom-role.js'
import type { Role } from '../../../policy/policy.js'
import type { RoleKeyOfTenant, RoleReads } from '../../../storage/role-port.js'
import type { Context } from '../../pipeline/context.js'

/** The role that a key stands for in the tenant, one of its own or of the host's; `null` when there is none. */
export async function findRole(
  { policy }: Pick<Context, 'policy'>,
  reads: { readonly roles: RoleReads },
  { tenantId, key }: RoleKeyOfTenant,
): Promise<Role | null> {
  const own = await reads.roles.find({ tenantId, key })
  return resolveRole(policy, own ? [own] : [], key) ?? null
}
