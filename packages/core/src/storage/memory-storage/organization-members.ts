import type { OrganizationMembership } from '../../model/organization.js'
import type {
  OrganizationMemberReads,
  OrganizationMemberRepository,
  OrganizationMembershipOfUser,
  AdminsWithoutMembershipFilter,
} from '../organization-member-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { compareIds, takePage } from './take-page.js'

export function organizationMemberReads(tables: Tables): OrganizationMemberReads {
  const { organizations, organizationMembers, organizationMemberByUser, memberships, users } = tables
  const withUser = (membership: OrganizationMembership): readonly OrganizationMembershipOfUser[] => {
    const user = users.get(everywhere, membership.userId)
    return user ? [{ ...membership, user }] : []
  }
  const outside = ({ organizationId, tenantId, userId }: AdminsWithoutMembershipFilter) =>
    organizationMembers
      .rows(organizationId)
      .filter((one) => one.active && one.admin && (userId === undefined || one.userId === userId))
      .filter((one) => !memberships.get(tenantId, one.userId)?.active)
      .flatMap(withUser)
      .filter(({ user }) => user.status === 'active')
  const position = ({ createdAt, userId }: OrganizationMembership) => ({ at: createdAt, id: userId })

  return {
    async find({ organizationId, userId }) {
      const membership = organizationMembers.get(organizationId, userId)
      return membership ? (withUser(membership)[0] ?? null) : null
    },
    list: async ({ organizationId, page }) =>
      takePage(organizationMembers.rows(organizationId).flatMap(withUser), page, 'oldest', position),
    count: async ({ organizationId }) => organizationMembers.rows(organizationId).length,
    countAdmins: async ({ organizationId }) =>
      organizationMembers.rows(organizationId).filter(({ active, admin }) => active && admin).length,
    listByUser: async (userId) =>
      organizationMemberByUser
        .rows(userId)
        .flatMap((membership) => {
          const organization = organizations.get(everywhere, membership.organizationId)
          return organization ? [{ organization, membership }] : []
        })
        .sort((a, b) => compareIds(a.organization.id, b.organization.id)),
    listInTenant: async ({ organizationId, tenantId }) =>
      organizationMembers
        .rows(organizationId)
        .filter(({ userId }) => memberships.get(tenantId, userId))
        .sort((a, b) => compareIds(a.userId, b.userId)),
    listAdminsWithoutMembership: async ({ page, ...filter }) => takePage(outside(filter), page, 'oldest', position),
    countAdminsWithoutMembership: async (filter) => outside(filter).length,
  }
}

export function organizationMemberRepository(draft: Draft): OrganizationMemberRepository {
  const { organizations, organizationMembers, organizationMemberByUser, users } = draft.tables

  const put = (membership: OrganizationMembership) => {
    const kept = keep(membership)
    organizationMembers.set(kept.organizationId, kept.userId, kept)
    organizationMemberByUser.set(kept.userId, kept.organizationId, kept)
  }

  return {
    ...organizationMemberReads(draft.tables),
    async insert(membership) {
      const { organizationId, userId } = membership
      if (organizationMembers.get(organizationId, userId)) draft.refuse('organization_member')
      put(membership)
      draft.atCommit(() =>
        [organizations.get(everywhere, organizationId), users.get(everywhere, userId)].every(Boolean),
      )
    },
    async update({ organizationId, userId, set }) {
      const membership = organizationMembers.get(organizationId, userId)
      if (membership) put({ ...membership, ...set })
      return membership !== undefined
    },
    async delete({ organizationId, userId }) {
      organizationMemberByUser.remove(userId, organizationId)
      return organizationMembers.remove(organizationId, userId)
    },
  }
}
