import { toAccess } from '../../policy/access.js'
import type { Access } from '../../policy/access.js'
import { requireUserId } from '../actor.js'
import { loadStanding, requireTenantId } from '../authorize.js'
import type { TenantScope } from '../command.js'
import { retryWhenBusy } from '../retry.js'

/** The caller's access to the tenant as it stands now: one statement, then pure questions. */
export async function getAccess<Permission extends string>(scope: TenantScope): Promise<Access<Permission>> {
  const { context } = scope
  const userId = requireUserId(scope.actor)
  const tenantId = requireTenantId(scope)
  const { read } = context.storage
  const load = () => loadStanding(context, read, { tenantId, userId })
  const { tenant, subject } = await retryWhenBusy(load, context)
  return toAccess<Permission>(context.policy, tenant, subject)
}
