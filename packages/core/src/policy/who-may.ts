import type { Grants, Holders } from '../model/holders.js'
import { decide } from './decide.js'
import type { ResourceFacts, Subject } from './decide.js'
import { hasBit, maskOf } from './permissions.js'
import type { Mask } from './permissions.js'
import type { Policy } from './policy.js'

/**
 * What `decide` turns on once the members are left open. It is asked itself, about somebody who holds nothing and owns
 * the thing, and about somebody who holds everything and owns nothing.
 */
export function whoMay(policy: Policy, tenantId: string, permission: string, resource?: ResourceFacts): Holders {
  const bit = policy.bits.get(permission)
  if (bit === undefined) return { ownerId: null, grants: null }
  const may = (userId: string, mask: Mask) =>
    decide(policy, probe(tenantId, userId, mask), permission, resource).allowed
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
  }
  return {
    ownerId: ownerId !== null && may(ownerId, maskOf([], size)) ? ownerId : null,
    grants: may(NOBODY, maskOf([bit], size)) ? grants : null,
  }
}

/** No id of a user. */
const NOBODY = ''

function probe(tenantId: string, userId: string, mask: Mask): Subject {
  const none = maskOf([], 0)
  const held = { granted: none, denied: none, byRole: mask, effective: mask }
  return { tenantId, userId, barred: null, roles: [], rank: 0, full: false, ...held }
}
