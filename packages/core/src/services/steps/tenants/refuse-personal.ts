import { TenancyError } from '../../../errors.js'
import type { Tenant } from '../../../model/tenant.js'
import { isPersonal } from '../../../policy/invariants.js'

/** Refuses what would open a personal tenant to others, or end it without its account. */
export function refusePersonal(tenant: Pick<Tenant, 'type'>): void {
  if (isPersonal(tenant)) throw new TenancyError('personal_tenant', 'A personal tenant is its owner’s alone', {})
}
