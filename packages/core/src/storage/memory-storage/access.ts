import type { AccessReads } from '../access-port.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'

export function accessReads({ tenants, users, memberships }: Tables): AccessReads {
  return {
    async find({ tenantId, userId }) {
      const tenant = tenants.get(everywhere, tenantId)
      const user = users.get(everywhere, userId)
      return tenant && user ? { tenant, user, membership: memberships.get(tenantId, userId) ?? null } : null
    },
  }
}
