import type { Grants, Holders, Outside } from '../model/holders.js'
import type { Tenant } from '../model/tenant.js'
import { decide } from './decide.js'
import type { Decided, ResourceFacts } from './decide.js'
import { hasBit, maskOf } from './permissions.js'
import type { Mask } from './permissions.js'
import type { Policy } from './policy.js'
import { ORGANIZATION_ADMIN } from './roles.js'

/**
 * What `decide` turns on once the members are left open. It is asked itself, about somebody who holds nothing and owns
 * the thing, and about somebody who holds everything and owns nothing.
 */
export function whoMay(
  policy: Policy,
  tenant: Pick<Tenant, 'id' | 'organizationId'>,
  permission: string,
  resource?: ResourceFacts,
): Holders {
  const bit = policy.bits.get(permission)
  if (bit === undefined) return { ownerId: null, grants: null, outside: null }
  const may = (userId: string, mask: Mask) =>
    decide(policy, probe(tenant.id, userId, mask), permission, resource).allowed
  const size = policy.permissions.length
  const ownerId = resource?.ownerId ?? null
  const giving = [...policy.roles.values()].filter(({ mask }) => hasBit(mask, bit))
  const overrides = hasBit(policy.hostMask, bit)
  const keys = (roles: typeof giving) => roles.map(({ key }) => key)
  const grants: Grants = {
    permission,
    roles: keys(giving),
    fullRoles: keys(giving.filter(({ full }) => full)),
    ownRoles: hasBit(policy.ownRoles.within, bit),
    overrides,
    organizationId: giving.some(({ key }) => key === ORGANIZATION_ADMIN) ? tenant.organizationId : null,
  }
  const holders = {
    ownerId: ownerId !== null && may(ownerId, maskOf([], size)) ? ownerId : null,
    grants: may(NOBODY, maskOf([bit], size)) ? grants : null,
  }
  return { ...holders, outside: outsideOf(tenant.organizationId, holders) }
}

function outsideOf(
  organizationId: string | null,
  { ownerId, grants }: Pick<Holders, 'ownerId' | 'grants'>,
): Outside | null {
  if (organizationId === null) return null
  if (grants?.organizationId) return { organizationId, role: ORGANIZATION_ADMIN }
  return ownerId === null ? null : { organizationId, role: ORGANIZATION_ADMIN, userId: ownerId }
}

/** No id of a user. */
const NOBODY = ''

function probe(tenantId: string, userId: string, byRole: Mask): Decided {
  const none = maskOf([], 0)
  return { tenantId, userId, barred: null, fullByRole: false, lent: null, granted: none, denied: none, byRole }
}
