import { z } from 'zod'
import { Id, line, Moment } from './id.js'
import { RoleKey } from './membership.js'

/** A role that a tenant made for itself while the host runs. `permissions` are names in full, never patterns. */
export const TenantRole = z.object({
  tenantId: Id,
  key: RoleKey,
  name: line(100),
  rank: z.int().min(0).max(39),
  permissions: z.array(z.string().max(130)).max(2000).readonly(),
  createdAt: Moment,
})
export interface TenantRole extends Readonly<z.infer<typeof TenantRole>> {}
