import type { Grants, PermissionHolders, InheritedHolders } from '../model/holders.js'
import type { Tenant } from '../model/tenant.js'
import { decide } from './decide.js'
import type { Decided, ResourceAttributes } from './decide.js'
import { hasBit, maskOf } from './permissions.js'
import type { Mask } from './permissions.js'
import type { Policy } from './policy.js'
import { ORGANIZATION_ADMIN } from './roles.js'

/**
 * What `decide` turns on once the members are left open. Derived by evaluating `decide` for a probe owner without permissions and a probe non-owner with all permissions.
 */
export function permissionHolders(
  policy: Policy,
  tenant: Pick<Tenant, 'id' | 'organizationId'>,
  permission: string,
  resource?: ResourceAttributes,
): PermissionHolders {
  const bit = policy.bits.get(permission)
  if (bit === undefined) return { ownerId: null, grants: null, outside: null }
  const may = (userId: string, mask: Mask) =>
    decide(policy, probe(tenant.id, userId, mask), permission, resource).allowed
  const size = policy.permissions.length
  const ownerId = resource?.ownerId ?? null
  const none = maskOf([], size)
  const all = maskOf([bit], size)
  const giving = [...policy.roles.values()].filter(({ mask }) => hasBit(mask, bit))
  const overrides = hasBit(policy.hostMask, bit)
  const keys = (roles: typeof giving) => roles.map(({ key }) => key)
  const isHidden = !may(NOBODY, all)
  const grants: Grants = {
    permission,
    roles: keys(giving),
    unrestrictedRoles: keys(giving.filter(({ unrestricted }) => unrestricted)),
    customRoles: hasBit(policy.customRoles.within, bit),
    overrides,
    organizationId: giving.some(({ key }) => key === ORGANIZATION_ADMIN) ? tenant.organizationId : null,
    userId: isHidden ? ownerId : null,
  }
  const byOwning = ownerId !== null && may(ownerId, none)
  const byGrant = isHidden ? ownerId !== null && !byOwning && may(ownerId, all) : true
  const holders = { ownerId: byOwning ? ownerId : null, grants: byGrant ? grants : null }
  return { ...holders, outside: inheritedHoldersOf(tenant.organizationId, holders) }
}

function inheritedHoldersOf(
  organizationId: string | null,
  { ownerId, grants }: Pick<PermissionHolders, 'ownerId' | 'grants'>,
): InheritedHolders | null {
  if (organizationId === null) return null
  const outside = { organizationId, role: ORGANIZATION_ADMIN }
  const admins = grants?.organizationId ? grants : null
  if (admins?.userId === null) return outside
  const userId = ownerId ?? admins?.userId ?? null
  return userId === null ? null : { ...outside, userId }
}

/** No id of a user. */
const NOBODY = ''

function probe(tenantId: string, userId: string, roleMask: Mask): Decided {
  const none = maskOf([], 0)
  const holdsNothing = {
    denial: null,
    unrestrictedByRole: false,
    shared: null,
    operator: false,
    granted: none,
    denied: none,
  }
  return { tenantId, userId, ...holdsNothing, roleMask }
}
