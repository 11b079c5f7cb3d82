import type { TenantRole } from '../model/tenant-role.js'
import { intersection, maskOf } from './permissions.js'
import type { Policy, Role } from './policy.js'
import { OWNER } from './roles.js'

/** A tenant's custom role, as far as decisions look at it. */
export type CustomRole = Pick<TenantRole, 'key' | 'name' | 'rank' | 'permissions'>

/**
 * Resolves a tenant's custom role against what the host declares now: names that are no longer declared give nothing, and
 * what a later declaration keeps for owner and admins stays with them.
 */
export function compileCustomRole(policy: Policy, { key, name, rank, permissions }: CustomRole): Role {
  const { below, within } = policy.customRoles
  const bits = permissions.flatMap((permission) => policy.bits.get(permission) ?? [])
  const mask = intersection(maskOf(bits, policy.permissions.length), within)
  return { key, name, names: {}, rank: Math.min(rank, below - 1), unrestricted: false, mask }
}

/**
 * The role that a key stands for in a tenant. One that the tenant made wins over one that the host declared later, so
 * that no deployment gives its holders more than the tenant gave them.
 */
export function resolveRole(policy: Policy, customRoles: readonly CustomRole[], key: string): Role | undefined {
  const own = key === OWNER ? undefined : customRoles.find((role) => role.key === key)
  return own ? compileCustomRole(policy, own) : policy.roles.get(key)
}
