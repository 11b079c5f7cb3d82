import type { User } from '../../model/user.js'
import { decide, toSubject } from '../../policy/decide.js'
import type { ResourceAttributes } from '../../policy/decide.js'
import { BUILT_IN_ROLES } from '../../policy/roles.js'
import type { Reads } from '../../storage/port.js'
import type { TenantOfUser } from '../../storage/tenant-port.js'
import type { TenantAccess } from './authorize.js'
import type { Context } from './context.js'
import { collectAll } from './collect-all.js'

/** Somebody, and tenants of theirs. */
interface InTenants {
  readonly user: User
  readonly tenants: readonly TenantOfUser[]
}

/** Where somebody stands in these tenants, in their order. */
async function resolveAccesses(
  { policy }: Pick<Context, 'policy'>,
  reads: Pick<Reads, 'roles' | 'organizationMembers'>,
  { user, tenants }: InTenants,
): Promise<readonly TenantAccess[]> {
  const tenantAccesses: TenantAccess[] = []
  const organizationMemberships = (await reads.organizationMembers.listByUser(user.id)).map((one) => one.membership)
  for (const { tenant, membership } of tenants) {
    const customRoles = []
    // No tenant's custom role has the key of a built-in one.
    for (const key of membership.roles.filter((key) => !Object.hasOwn(BUILT_IN_ROLES, key))) {
      const role = await reads.roles.find({ tenantId: tenant.id, key })
      if (role) customRoles.push(role)
    }
    const organizationMembership = organizationMemberships.find(
      ({ organizationId }) => organizationId === tenant.organizationId,
    )
    const subject = toSubject(policy, { tenant, user, membership, customRoles, organizationMembership })
    tenantAccesses.push({ tenant, user, membership, viaOrganization: false, subject })
  }
  return tenantAccesses
}

/** Those of somebody's tenants in which they have a permission: on such a resource, or on what is not private. */
export async function tenantsWhere(
  context: Pick<Context, 'policy'>,
  reads: Pick<Reads, 'roles' | 'organizationMembers'>,
  asked: InTenants & { readonly permission: string; readonly resource?: ResourceAttributes },
): Promise<readonly string[]> {
  const tenantAccesses = await resolveAccesses(context, reads, asked)
  return tenantAccesses.flatMap(({ tenant, subject }) =>
    decide(context.policy, subject, asked.permission, asked.resource).allowed ? [tenant.id] : [],
  )
}

/** Every active tenant of which somebody is an active member, oldest membership first. */
export function tenantsOf({ tenants }: Pick<Reads, 'tenants'>, userId: string): Promise<readonly TenantOfUser[]> {
  return collectAll(
    (page) => tenants.listByUser({ userId, page }),
    ({ tenant, membership }) => ({ at: membership.createdAt, id: tenant.id }),
  )
}
