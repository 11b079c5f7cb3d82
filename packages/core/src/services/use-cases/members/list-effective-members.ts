import { z } from 'zod'
import { inheritedMembership } from '../../../model/inherited-membership.js'
import type { ListedMember, MemberMetadata } from '../../../model/membership.js'
import type { PageRequest } from '../../../model/page.js'
import type { ListedOrganizationMember, OrganizationMembership } from '../../../model/organization.js'
import { runsOrganization } from '../../../policy/invariants.js'
import { ORGANIZATION_ADMIN } from '../../../policy/roles.js'
import type { Reads } from '../../../storage/port.js'
import { collectAll } from '../../pipeline/collect-all.js'
import { tenantQuery } from '../../pipeline/query.js'
import { asListed } from '../../steps/members/to-member-user.js'

/** Somebody in a tenant, with what they are in its organization. */
export interface EffectiveMember<Role extends string = string, Metadata = MemberMetadata> extends ListedMember<
  Role,
  Metadata
> {
  /** `null` for who does not belong to the organization. */
  readonly organizationMembership: OrganizationMembership | null
  /** The role that they have here because they run the organization; `null` for who has only their own. */
  readonly inheritedRole: string | null
}

/**
 * Everybody in the tenant, oldest membership first: its members, active or not, and then whoever runs its organization
 * and has access without a membership of the tenant. Who runs the organization has access by it also where `active` is
 * `false`. All at once: for callers that show no pages.
 */
export const listEffectiveMembers = tenantQuery({
  input: z.undefined(),
  permission: 'member:read',
  async run({ read, tenant: { id: tenantId, organizationId } }): Promise<readonly EffectiveMember[]> {
    // In this order nobody who becomes a member meanwhile is missed.
    const outside = organizationId === null ? [] : await listAdminsWithoutMembership(read, { tenantId, organizationId })
    const list = async (page: PageRequest) => asListed(read, await read.memberships.list({ tenantId, page }))
    const members = await collectAll(list, positionOf)
    const organizationMemberships =
      organizationId === null ? [] : await read.organizationMembers.listInTenant({ organizationId, tenantId })
    const organizationMembershipOf = new Map(
      organizationMemberships.map((organizationMembership) => [organizationMembership.userId, organizationMembership]),
    )
    const ids = new Set(members.map(({ userId }) => userId))
    return [
      ...members.map((member) => membershipIn(member, organizationMembershipOf.get(member.userId) ?? null)),
      ...outside
        .filter(({ userId }) => !ids.has(userId))
        .map(({ user, ...organizationMembership }) =>
          membershipIn(
            { ...inheritedMembership(organizationMembership, { tenantId, role: ORGANIZATION_ADMIN }), user },
            organizationMembership,
          ),
        ),
    ]
  },
})

function listAdminsWithoutMembership(
  read: Reads,
  outside: { readonly tenantId: string; readonly organizationId: string },
): Promise<readonly ListedOrganizationMember[]> {
  const list = async (page: PageRequest) =>
    asListed(read, await read.organizationMembers.listAdminsWithoutMembership({ ...outside, page }))
  return collectAll(list, positionOf)
}

function membershipIn(member: ListedMember, organizationMembership: OrganizationMembership | null): EffectiveMember {
  const inheritedRole = runsOrganization(organizationMembership) ? ORGANIZATION_ADMIN : null
  return { ...member, organizationMembership, inheritedRole }
}

function positionOf({ createdAt, userId }: { readonly createdAt: number; readonly userId: string }) {
  return { at: createdAt, id: userId }
}
