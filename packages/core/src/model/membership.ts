import { z } from 'zod'
import { Id, Moment } from './id.js'
import { jsonObject } from './json-object.js'
import type { User } from './user.js'

/** A role's key: lower-case letters, digits and underscores. */
export const RoleKey = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be a role key')

/** What one member's permissions differ in from their roles': `true` grants, `false` denies, absent leaves the roles'. */
export const Overrides = z.record(z.string(), z.boolean())
export type Overrides = Readonly<z.infer<typeof Overrides>>

/** What the host keeps with a membership, whose own schema knows more of it. */
export type MemberMetadata = Readonly<Record<string, unknown>>

/** A JSON object of at most 4 KiB as text, 4 levels deep. */
export const MemberMetadata = jsonObject({ kibibytes: 4, levels: 4 }).transform((json): MemberMetadata => json)

/** One user's place in one tenant. An inactive member is refused everywhere. */
export const Membership = z.object({
  tenantId: Id,
  userId: Id,
  roles: z.array(RoleKey).min(1).readonly(),
  active: z.boolean(),
  overrides: Overrides,
  invitedBy: Id.nullable(),
  lastActiveAt: Moment.nullable(),
  metadata: MemberMetadata.nullable(),
  createdAt: Moment,
})
export type Membership = Readonly<z.infer<typeof Membership>>

/** A person as fellow members see them: not whether they run the installation, in which other tenant they work, or who made
 * their account. */
export type Fellow = Omit<User, 'superuser' | 'currentTenantId' | 'createdBy'>

/** A membership with the person in it, as lists show it. */
export interface Member extends Membership {
  readonly user: Fellow
}
