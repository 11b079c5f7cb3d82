import type { AccessReads } from '../access-port.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'

export function accessReads({ tenants, users, memberships, tenantRoles, organizationMembers }: Tables): AccessReads {
  return {
    async find({ tenantId, userId }) {
      const tenant = tenants.get(everywhere, tenantId)
      const user = users.get(everywhere, userId)
      if (!tenant || !user) return null
      const membership = memberships.get(tenantId, userId) ?? null
      const customRoles = membership?.roles.flatMap((key) => tenantRoles.get(tenantId, key) ?? []) ?? []
      const organizationMembership = organizationMembers.get(tenant.organizationId ?? '', userId) ?? null
      return { tenant, user, membership, customRoles, organizationMembership }
    },
  }
}
