import { isTenancyError } from '@tenantry/core'
import type { TenantClient, Logger } from '@tenantry/core'

const RESOLUTION_MS = 60_000
const REMEMBERED = 10_000

/** Notes members' activity, and asks the storage no more than once a minute for each member. */
export function activityRecorder(logger: Logger) {
  const notedAt = new Map<string, number>()
  return async (userId: string, member: TenantClient): Promise<void> => {
    const key = JSON.stringify([member.tenantId, userId])
    const now = Date.now()
    if (now - (notedAt.get(key) ?? -Infinity) < RESOLUTION_MS) return
    if (notedAt.size >= REMEMBERED) notedAt.clear()
    notedAt.set(key, now)
    await member.recordActivity().catch((error: unknown) => {
      // Whoever has just left, or archived the tenant, is refused.
      if (!isTenancyError(error)) logger.warn({ error }, 'a member’s activity was not noted')
    })
  }
}
