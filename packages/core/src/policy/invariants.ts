import type { Invitation } from '../model/invitation.js'
import type { OrganizationMembership } from '../model/organization.js'
import type { Resource } from '../model/resource.js'
import type { Tenant } from '../model/tenant.js'
import type { User } from '../model/user.js'

/** INVARIANT: a tenant always has exactly one owner, and the owner is an active member. */
export function isOwnerOf(tenant: Pick<Tenant, 'ownerId'>, userId: string): boolean {
  return tenant.ownerId === userId
}

/** INVARIANT: a personal tenant has one member, its owner, is closed, and goes only with the owner's account. */
export function isPersonal(tenant: Pick<Tenant, 'type'>): boolean {
  return tenant.type === 'personal'
}

/** INVARIANT: a closed tenant is, to everybody who is no member, one that does not exist. */
export function isPublic(tenant: Pick<Tenant, 'joinPolicy'>): boolean {
  return tenant.joinPolicy !== 'closed'
}

/** INVARIANT: only an active admin runs an organization, and acts in its tenants without a membership. */
export function runsOrganization(
  membership: Pick<OrganizationMembership, 'active' | 'admin'> | null | undefined,
): boolean {
  return membership?.active === true && membership.admin
}

/** INVARIANT: an organization always has at least one active admin. `admins` counts them before one member changes. */
export function keepsAnAdmin(
  admins: number,
  before: Pick<OrganizationMembership, 'active' | 'admin'>,
  after: Pick<OrganizationMembership, 'active' | 'admin'> | null,
): boolean {
  return !runsOrganization(before) || runsOrganization(after) || admins > 1
}

/** INVARIANT: a deleted tenant is restored whole or not at all: only before its purge may begin. `lifetime` in ms. */
export function isRestorable({ deletedAt }: Pick<Tenant, 'deletedAt'>, lifetime: number, now: number): boolean {
  return deletedAt !== null && now < deletedAt + lifetime
}

/** INVARIANT: a limit is never passed, however many ask at once. `limit` undefined is no limit; 0 allows none. */
export function hasRoom(limit: number | undefined, taken: number): boolean {
  return limit === undefined || taken < limit
}

/** INVARIANT: what is shared is seen in one tenant alone, by its members, and its owner is a member of both tenants. */
export function isShared(resource: Pick<Resource, 'tenantId' | 'ownerTenantId'>): boolean {
  return resource.tenantId !== resource.ownerTenantId
}

/** INVARIANT: an invitation is accepted at most once, before it expires. */
export function isOpen(invitation: Pick<Invitation, 'status' | 'expiresAt'>, now: number): boolean {
  return invitation.status === 'pending' && invitation.expiresAt > now
}

/** INVARIANT: only an account with the invited address accepts. */
export function isAddressee(invitation: Pick<Invitation, 'emailKey'>, user: Pick<User, 'emailKey'>): boolean {
  return user.emailKey === invitation.emailKey
}

/** INVARIANT: whoever accepts without the mailed token has proven the invited address to be theirs before. */
export function isInvitee(
  invitation: Pick<Invitation, 'emailKey'>,
  user: Pick<User, 'emailKey' | 'emailVerifiedAt'>,
): boolean {
  return isAddressee(invitation, user) && user.emailVerifiedAt !== null
}

/** What says that an address is somebody's: the host, or a person. It has proof, or it has none. */
export interface AddressClaim {
  readonly by: 'host' | 'person'
  readonly isProven: boolean
}

/**
 * INVARIANT: a proof takes an address from whoever has none. Of two that have the same, the host's newest word counts,
 * and no other. What waits for its person waits for a proof.
 */
export function takesAddress(
  { by, isProven }: AddressClaim,
  holder: Pick<User, 'emailVerifiedAt' | 'waitingSince'>,
): boolean {
  if (isProven) return by === 'host' || holder.emailVerifiedAt === null
  return by === 'host' && holder.emailVerifiedAt === null && holder.waitingSince === null
}

/** INVARIANT: nobody becomes a member unasked by an address that may be a stranger's. */
export function mayBeAddedUnasked({
  emailVerifiedAt,
  waitingSince,
}: Pick<User, 'emailVerifiedAt' | 'waitingSince'>): boolean {
  return emailVerifiedAt !== null || waitingSince !== null
}
