import { z } from 'zod'
import { lentMembership } from '../../model/lent-membership.js'
import type { ListedMember } from '../../model/membership.js'
import type { PageRequest } from '../../model/page.js'
import type { ListedOrganizationMember, OrganizationMembership } from '../../model/organization.js'
import { runsOrganization } from '../../policy/invariants.js'
import { ORGANIZATION_ADMIN } from '../../policy/roles.js'
import type { Reads } from '../../storage/port.js'
import { everyRow } from '../every-row.js'
import { tenantQuery } from '../query.js'
import { asListed } from './as-fellow.js'

/** Somebody in a tenant, with what they are in its organization. */
export interface PersonInTenant extends ListedMember {
  /** `null` for who does not belong to the organization. */
  readonly organizationMembership: OrganizationMembership | null
  /** The role that they have here because they run the organization; `null` for who has only their own. */
  readonly lentRole: string | null
}

/**
 * Everybody in the tenant, oldest membership first: its members, active or not, and then whoever runs its organization
 * and has access without a membership of the tenant. Who runs the organization has access by it also where `active` is
 * `false`. All at once: for callers that show no pages.
 */
export const listEveryone = tenantQuery({
  input: z.undefined(),
  permission: 'member:read',
  async run({ read, tenant: { id: tenantId, organizationId } }): Promise<readonly PersonInTenant[]> {
    // In this order nobody who becomes a member meanwhile is missed.
    const outside = organizationId === null ? [] : await listOutside(read, { tenantId, organizationId })
    const list = async (page: PageRequest) => asListed(read, await read.memberships.list({ tenantId, page }))
    const members = await everyRow(list, positionOf)
    const offices =
      organizationId === null ? [] : await read.organizationMembers.listInTenant({ organizationId, tenantId })
    const officeOf = new Map(offices.map((office) => [office.userId, office]))
    const ids = new Set(members.map(({ userId }) => userId))
    return [
      ...members.map((member) => presentIn(member, officeOf.get(member.userId) ?? null)),
      ...outside
        .filter(({ userId }) => !ids.has(userId))
        .map(({ user, ...office }) =>
          presentIn({ ...lentMembership(office, { tenantId, role: ORGANIZATION_ADMIN }), user }, office),
        ),
    ]
  },
})

function listOutside(
  read: Reads,
  outside: { readonly tenantId: string; readonly organizationId: string },
): Promise<readonly ListedOrganizationMember[]> {
  const list = async (page: PageRequest) =>
    asListed(read, await read.organizationMembers.listOutside({ ...outside, page }))
  return everyRow(list, positionOf)
}

function presentIn(member: ListedMember, organizationMembership: OrganizationMembership | null): PersonInTenant {
  const lentRole = runsOrganization(organizationMembership) ? ORGANIZATION_ADMIN : null
  return { ...member, organizationMembership, lentRole }
}

function positionOf({ createdAt, userId }: { readonly createdAt: number; readonly userId: string }) {
  return { at: createdAt, id: userId }
}
