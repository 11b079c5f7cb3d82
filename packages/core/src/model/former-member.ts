import { z } from 'zod'
import { Id, Moment } from './id.js'
import { Overrides, RoleKey } from './membership.js'

/** What somebody was in a tenant when they went. The newest departure counts; coming back does not erase it. */
export const FormerMember = z.object({
  tenantId: Id,
  userId: Id,
  roles: z.array(RoleKey).readonly(),
  overrides: Overrides,
  /** Whether they went by themselves, or somebody ended the membership. */
  ending: z.enum(['left', 'removed']),
  endedAt: Moment,
})
export interface FormerMember extends Readonly<z.infer<typeof FormerMember>> {}
