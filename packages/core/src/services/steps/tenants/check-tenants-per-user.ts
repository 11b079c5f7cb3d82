import { TenancyError } from '../../../errors.js'
import type { User } from '../../../model/user.js'
import { hasRoom } from '../../../policy/invariants.js'
import type { Transaction } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { userLimit } from '../../pipeline/limits.js'

/** Refuses one tenant too many, `beside` counted in. Exact only while the user's row is locked. */
export async function checkTenantsPerUser(context: Context, tx: Transaction, user: User, beside = 0): Promise<void> {
  const limit = userLimit(context.limits.tenantsPerUser, user)
  if (limit === undefined || hasRoom(limit, beside + (await tx.memberships.countByUser(user.id)))) return
  throw new TenancyError('tenant_limit_exceeded', `At most ${limit} tenants per user`, { limit })
}
