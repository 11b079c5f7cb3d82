import { z } from 'zod'
import { organizationQuery } from '../../pipeline/organization-query.js'

/** How many tenants, active people and resources of each type the organization has, and how many bytes they take. */
export const organizationStatistics = organizationQuery({
  input: z.undefined(),
  who: 'admin',
  async run({ context, read, organizationId }) {
    const [tenants, activeMembers, totals] = await Promise.all([
      read.tenants.countByOrganization({ organizationId }),
      read.memberships.countByOrganization(organizationId),
      read.resources.totalsByOrganization({ organizationId }),
    ])
    const none = Object.keys(context.policy.resources).map((type) => ({ type, count: 0, sizeBytes: 0 }))
    const resources: Readonly<Record<string, { readonly count: number; readonly sizeBytes: number }>> =
      Object.fromEntries([...none, ...totals].map(({ type, count, sizeBytes }) => [type, { count, sizeBytes }]))
    return { tenants, activeMembers, resources }
  },
})
