import { z } from 'zod'
import { Id, line, Moment } from './id.js'
import type { MemberUser, ListedFellow } from './membership.js'
import { Slug } from './tenant.js'

export const OrganizationName = line(100)

/** What stands above tenants: a company with several of them. `shortName` is unique among organizations. */
export const Organization = z.object({
  id: Id,
  shortName: Slug,
  displayName: OrganizationName,
  createdAt: Moment,
})
export interface Organization extends Readonly<z.infer<typeof Organization>> {}

/**
 * One user's place in one organization. An active admin runs it, and acts in each of its tenants with the rights of the
 * role `admin`. An inactive member has nothing from the organization; memberships of its tenants are their own matter.
 */
export const OrganizationMembership = z.object({
  organizationId: Id,
  userId: Id,
  active: z.boolean(),
  admin: z.boolean(),
  createdAt: Moment,
})
export interface OrganizationMembership extends Readonly<z.infer<typeof OrganizationMembership>> {}

/** A member of an organization with the person, as other members see them. */
export interface OrganizationMember extends OrganizationMembership {
  readonly user: MemberUser
}

/** A member of an organization as lists show them. */
export interface ListedOrganizationMember extends OrganizationMember {
  readonly user: ListedFellow
}
