import { z } from 'zod'
import { Id, Moment } from './id.js'
import { jsonObject } from './json-object.js'
import type { RoleName } from './role-name.js'
import { UserName } from './user.js'
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

/** How somebody was named by whoever made them a member unasked. */
const AddedAs = z.object({ email: z.string(), name: UserName.nullable() })

/**
 * One user's place in one tenant. An inactive member is refused everywhere. Until a member who was added has acted in the
 * tenant, which sets `lastActiveAt`, others see of the person no more than `addedAs`.
 */
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
  /** Only of somebody who was made a member without being asked. */
  addedAs: AddedAs.optional(),
})

/** A membership, with the roles and the metadata that the host declares. */
export interface Membership<Role extends string = string, Metadata = MemberMetadata> extends Readonly<
  Omit<z.infer<typeof Membership>, 'roles' | 'metadata'>
> {
  readonly roles: readonly RoleName<Role>[]
  readonly metadata: Metadata | null
}

/** A person as members of the same tenant see them: not whether they run the installation, or who made their account. */
export type MemberUser = Omit<User, 'superuser' | 'createdBy' | 'waitingSince'>

/** A member of a shared tenant as lists show them, and `members.get`. `lastLoginAt` is when they signed in last; `null` for never. */
export interface ListedFellow extends MemberUser {
  readonly lastLoginAt: number | null
}

/** Whether somebody was made a member, and has not been in the tenant since: nothing of theirs is shown there yet. */
export function isUnseen({ addedAs, lastActiveAt }: Pick<Membership, 'addedAs' | 'lastActiveAt'>): boolean {
  return addedAs !== undefined && lastActiveAt === null
}

/** A membership with the person in it, as other members see them. */
export interface Member<Role extends string = string, Metadata = MemberMetadata> extends Omit<
  Membership<Role, Metadata>,
  'addedAs'
> {
  readonly user: MemberUser
}

/** A member as lists show them, and `members.get`. */
export interface ListedMember<Role extends string = string, Metadata = MemberMetadata> extends Member<Role, Metadata> {
  readonly user: ListedFellow
}
