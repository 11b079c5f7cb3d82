import { z } from 'zod'
import { tenantQuery } from '../../pipeline/query.js'

/** How many resources of each type the tenant sees, how many bytes they take, and how many active members it has. */
export const resourceStatistics = tenantQuery({
  input: z.undefined(),
  permission: 'tenant:update',
  async run({ context, read, tenantId }) {
    const [totals, activeMembers] = await Promise.all([
      read.resources.totals({ tenantId }),
      read.memberships.countActive(tenantId),
    ])
    const none = Object.keys(context.policy.resources).map((type) => ({ type, count: 0, sizeBytes: 0 }))
    const byType: Readonly<Record<string, { readonly count: number; readonly sizeBytes: number }>> = Object.fromEntries(
      [...none, ...totals].map(({ type, count, sizeBytes }) => [type, { count, sizeBytes }]),
    )
    return { resources: byType, activeMembers }
  },
})
