import { z } from 'zod'
import { tenantQuery } from '../../pipeline/query.js'
import { listedCustomRole, listedRole } from '../../steps/roles/listed-role.js'

/** Every role there is in the tenant: those declared, the highest rank first, then the tenant's own, by key. */
export const listRoles = tenantQuery({
  input: z.undefined(),
  permission: 'role:read',
  async run({ context: { policy }, read, tenant }) {
    const own = await read.roles.list(tenant.id)
    const declared = [...policy.roles.values()].filter(({ key }) => !own.some((role) => role.key === key))
    return [...declared.map((role) => listedRole(policy, role)), ...own.map((role) => listedCustomRole(policy, role))]
  },
})
