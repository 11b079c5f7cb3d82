import { z } from 'zod'
import { tenantQuery } from '../../pipeline/query.js'

const RESOLUTION_MS = 60_000

/** Notes that the caller was here, at most once a minute. No event: nothing of the tenant changes. */
export const recordActivity = tenantQuery({
  input: z.undefined(),
  permission: null,
  async run({ context, membership, viaOrganization }) {
    if (!membership || viaOrganization) return
    const { tenantId, userId, lastActiveAt } = membership
    const at = context.clock()
    if (lastActiveAt !== null && at - lastActiveAt < RESOLUTION_MS) return
    await context.storage.transaction({}, (tx) =>
      tx.memberships.update({ tenantId, userId, set: { lastActiveAt: at } }),
    )
  },
})
