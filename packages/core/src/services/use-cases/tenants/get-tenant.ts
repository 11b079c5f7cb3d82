import { z } from 'zod'
import { tenantQuery } from '../../pipeline/query.js'

/** The tenant, with the caller's membership in it. */
export const getTenant = tenantQuery({
  input: z.undefined(),
  permission: 'tenant:read',
  run: async ({ tenant, membership }) => ({ tenant, membership }),
})
