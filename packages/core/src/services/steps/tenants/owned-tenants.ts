import type { Tenant } from '../../../model/tenant.js'
import { isOwnerOf, isPersonal } from '../../../policy/invariants.js'
import type { Reads } from '../../../storage/port.js'
import { tenantsOf } from '../../pipeline/resolve-accesses.js'

/** The tenants of somebody's own: the personal one, and the oldest other one. `null` for one that is not there. */
export interface OwnedTenants {
  readonly personal: Tenant | null
  readonly nonPersonal: Tenant | null
}

export async function ownedTenantsOf(reads: Pick<Reads, 'tenants'>, userId: string): Promise<OwnedTenants> {
  const owned = (await tenantsOf(reads, userId)).map(({ tenant }) => tenant).filter((one) => isOwnerOf(one, userId))
  return { personal: owned.find(isPersonal) ?? null, nonPersonal: owned.find((one) => !isPersonal(one)) ?? null }
}
