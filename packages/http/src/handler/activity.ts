import { isTenancyError } from '@tenantry/core'
import type { Logger, TenantSlug } from '@tenantry/core'
import type { EnteredTenant } from './route.js'

const RESOLUTION_MS = 60_000
const REMEMBERED = 10_000

/** A tenant that a request accessed, by ID or slug. */
export interface Entered {
  readonly reference: string | TenantSlug
  readonly tenant: EnteredTenant
}

/** Records the activity of members, at most once a minute for each member. */
export function activityRecorder(logger: Logger) {
  const notedAt = new Map<string, number>()
  return async (userId: string, { reference, tenant }: Entered): Promise<void> => {
    const key = JSON.stringify([reference, userId])
    const now = Date.now()
    if (now - (notedAt.get(key) ?? -Infinity) < RESOLUTION_MS) return
    if (notedAt.size >= REMEMBERED) notedAt.clear()
    notedAt.set(key, now)
    await tenant.recordActivity().catch((error: unknown) => {
      // Fails if the caller has just left or archived the tenant.
      if (!isTenancyError(error)) logger.warn({ error }, 'a member’s activity was not noted')
    })
  }
}
