import { z } from 'zod'

/** How many roles one member holds at most. */
export const MAX_ROLES = 10

/** The keys of the roles that a member shall hold. */
export const RolesInput = z
  .array(z.string())
  .min(1)
  .max(MAX_ROLES)
  .refine((roles) => new Set(roles).size === roles.length, 'names a role twice')
