import { z } from 'zod'
import { Id } from '../../../model/id.js'

/** The facts about a thing that somebody asks about. */
export const ResourceInput = z.strictObject({
  ownerId: Id.nullable().optional(),
  visibility: z.enum(['private', 'tenant']).optional(),
  tenantId: Id.nullable().optional(),
  sharedTenantId: Id.nullable().optional(),
})

/** The name of a permission, declared or not. */
export const PermissionInput = z.string().max(130)
