import type { DueTenant } from '../../../storage/purge-port.js'
import type { Context } from '../../pipeline/context.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { purgeTenant } from './purge-tenant.js'

const BATCH = 100

/** How a purge went: tenants that are gone for good, and tenants that could not be removed, which the log tells why. */
export interface PurgeResult {
  readonly purged: number
  readonly failed: number
}

/**
 * Removes the tenants whose time to be restored is over, with all they hold. It goes on where a crashed process stopped,
 * and any number of processes may do it at once.
 */
export async function purgeTenants(context: Context, isStopping: () => boolean): Promise<PurgeResult> {
  const { storage, clock, lifetimes, logger } = context
  const deletedBefore = clock() - lifetimes.deletedTenantRetention
  let [purged, failed] = [0, 0]
  let last: DueTenant | undefined
  for (;;) {
    const after = last && { at: last.deletedAt, id: last.id }
    const due = await retryWhenBusy(() => storage.read.purges.listDue({ deletedBefore, limit: BATCH, after }))
    for (const tenant of due) {
      if (isStopping()) return { purged, failed }
      try {
        if (await purgeTenant(context, { ...tenant, deletedBefore }, isStopping)) purged++
      } catch (error) {
        failed++
        logger.error({ error, tenantId: tenant.id }, 'a deleted tenant could not be purged; will try again')
      }
    }
    last = due.at(-1)
    if (due.length < BATCH) return { purged, failed }
  }
}
