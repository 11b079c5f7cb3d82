import { TenancyError } from '../../../errors.js'
import type { Tenant } from '../../../model/tenant.js'
import { hasRoom } from '../../../policy/invariants.js'
import type { Transaction } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { tenantLimit } from '../../pipeline/limits.js'
import { refusePersonal } from '../tenants/refuse-personal.js'

/** Refuses one member too many, and any but the owner in a personal tenant. Exact only while the tenant's row is locked. */
export async function checkSeats(context: Context, tx: Transaction, tenant: Tenant): Promise<void> {
  refusePersonal(tenant)
  const limit = tenantLimit(context.limits.membersPerTenant, tenant)
  if (limit === undefined || hasRoom(limit, await tx.memberships.count({ tenantId: tenant.id }))) return
  throw new TenancyError('member_limit_exceeded', `At most ${limit} members`, { limit })
}
