import { z } from 'zod'

/** The keys of the roles that a member shall hold. */
export const RolesInput = z
  .array(z.string())
  .min(1)
  .max(10)
  .refine((roles) => new Set(roles).size === roles.length, 'names a role twice')
