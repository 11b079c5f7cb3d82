import { TenancyError } from '../../../errors.js'
import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import { hasRoom } from '../../../policy/invariants.js'
import type { Transaction } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { tenantLimit, userLimit } from '../../pipeline/limits.js'

const PER_TENANT = 1000
const PER_USER = 20

/** Refuses one pending request too many, of the person or of the tenant. Exact only while both rows are locked. */
export async function checkPendingRequests(
  { limits }: Pick<Context, 'limits'>,
  { joinRequests }: Pick<Transaction, 'joinRequests'>,
  { tenant, user }: { readonly tenant: Tenant; readonly user: User },
): Promise<void> {
  const ofUser = userLimit(limits.pendingJoinRequestsPerUser ?? PER_USER, user)
  if (ofUser !== undefined) refuseBeyond(ofUser, await joinRequests.countPendingByUser(user.id))
  const ofTenant = tenantLimit(limits.pendingJoinRequestsPerTenant ?? PER_TENANT, tenant)
  if (ofTenant === undefined) return
  refuseBeyond(ofTenant, await joinRequests.count({ tenantId: tenant.id, status: 'pending' }))
}

function refuseBeyond(limit: number, taken: number): void {
  if (hasRoom(limit, taken)) return
  throw new TenancyError('join_request_limit_exceeded', `At most ${limit} requests that wait for an answer`, { limit })
}
