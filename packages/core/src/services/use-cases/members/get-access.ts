import { toAccess } from '../../../policy/access.js'
import type { Access } from '../../../policy/access.js'
import { requireCaller } from '../../pipeline/actor.js'
import type { TenantScope } from '../../pipeline/command.js'
import { enterTenant } from '../../pipeline/enter-tenant.js'
import { retryWhenBusy } from '../../pipeline/retry.js'

/** The caller's access to the tenant as it stands now: one statement, then pure questions. */
export async function getAccess<Permission extends string>(scope: TenantScope): Promise<Access<Permission>> {
  const { context } = scope
  requireCaller(scope.actor)
  const { read } = context.storage
  const { tenant, subject } = await retryWhenBusy(() => enterTenant(scope, read), context)
  return toAccess<Permission>(context.policy, tenant, subject)
}
