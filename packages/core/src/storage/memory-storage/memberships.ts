import type { Grants } from '../../model/holders.js'
import { isUnseen } from '../../model/membership.js'
import type { Membership } from '../../model/membership.js'
import type {
  HolderFilter,
  MemberFilter,
  MembershipOfUser,
  MembershipReads,
  MembershipRepository,
} from '../membership-port.js'
import type { Draft } from './draft.js'
import { hasKeyword } from './has-keyword.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { compareIds, takePage } from './take-page.js'

export function membershipReads({
  memberships,
  membershipByUser,
  organizationMembers,
  tenantRoles,
  tenants,
  users,
}: Tables): MembershipReads {
  const withUser = (membership: Membership): readonly MembershipOfUser[] => {
    const user = users.get(everywhere, membership.userId)
    return user ? [{ ...membership, user }] : []
  }
  const matching = ({ tenantId, keyword, role }: MemberFilter) =>
    memberships
      .rows(tenantId)
      .filter(({ roles }) => role === undefined || roles.includes(role))
      .flatMap(withUser)
      .filter(({ user, ...one }) => hasKeyword((isUnseen(one) && one.addedAs) || user, keyword))
  const runs = (organizationId: string | null, userId: string) => {
    const above = organizationId === null ? undefined : organizationMembers.get(organizationId, userId)
    return above !== undefined && above.active && above.admin
  }
  const gives = ({ permission, overrides, ...grants }: Grants, { tenantId, roles, ...held }: Membership) => {
    const given = (keys: readonly string[], key: string) => {
      const own = tenantRoles.get(tenantId, key)
      return own ? grants.customRoles && own.permissions.includes(permission) : keys.includes(key)
    }
    if (grants.userId !== null && grants.userId !== held.userId) return false
    if (runs(grants.organizationId, held.userId)) return true
    const roleMask = roles.some((key) => given(grants.roles, key))
    if (!overrides) return roleMask
    const unrestrictedRoleMask = roles.some(
      (key) => !tenantRoles.get(tenantId, key) && grants.unrestrictedRoles.includes(key),
    )
    return unrestrictedRoleMask || (held.overrides[permission] ?? roleMask)
  }
  const holding = ({ tenantId, ownerId, grants }: HolderFilter) =>
    memberships
      .rows(tenantId)
      .filter((one) => one.active && (one.userId === ownerId || (grants !== null && gives(grants, one))))
      .flatMap(withUser)
      .filter(({ user }) => user.status === 'active')
  const position = ({ createdAt, userId }: MembershipOfUser) => ({ at: createdAt, id: userId })
  const exists = ({ tenantId }: Membership) => tenants.get(everywhere, tenantId)?.status !== 'deleted'

  return {
    async find({ tenantId, userId }) {
      const membership = memberships.get(tenantId, userId)
      return membership ? (withUser(membership)[0] ?? null) : null
    },
    list: async ({ page, ...filter }) => takePage(matching(filter), page, 'oldest', position),
    count: async (filter) => matching(filter).length,
    listHolders: async ({ page, ...filter }) => takePage(holding(filter), page, 'oldest', position),
    countHolders: async (filter) => holding(filter).length,
    countActive: async (tenantId) => memberships.rows(tenantId).filter(({ active }) => active).length,
    countByUser: async (userId) => membershipByUser.rows(userId).filter(exists).length,
    async countByOrganization(organizationId) {
      const inside = tenants
        .rows(everywhere)
        .filter((tenant) => tenant.organizationId === organizationId && tenant.status !== 'deleted')
        .flatMap(({ id }) => memberships.rows(id).filter(({ active }) => active))
      return new Set(inside.map(({ userId }) => userId)).size
    },
    listMemberIds: async ({ tenantId, userIds }) =>
      [...new Set(userIds)].filter((userId) => memberships.get(tenantId, userId)),
    listByUser: async (userId) => [...membershipByUser.rows(userId)].sort((a, b) => compareIds(a.tenantId, b.tenantId)),
  }
}

export function membershipRepository(draft: Draft): MembershipRepository {
  const { memberships, membershipByUser, tenants, users, notifications, notificationByUser } = draft.tables

  const put = (membership: Membership) => {
    const kept = keep(membership)
    memberships.set(kept.tenantId, kept.userId, kept)
    membershipByUser.set(kept.userId, kept.tenantId, kept)
  }

  const insert = (membership: Membership) => {
    const { tenantId, userId } = membership
    if (memberships.get(tenantId, userId)) draft.refuse('membership')
    put(membership)
    draft.atCommit(() => [tenants.get(everywhere, tenantId), users.get(everywhere, userId)].every(Boolean))
  }

  return {
    ...membershipReads(draft.tables),
    insert: async (membership) => insert(membership),
    insertMany: async (many) => many.forEach(insert),
    async update({ tenantId, userId, set }) {
      const membership = memberships.get(tenantId, userId)
      if (membership) put({ ...membership, ...set })
      return membership !== undefined
    },
    async delete({ tenantId, userId }) {
      membershipByUser.remove(userId, tenantId)
      for (const { tenantId: place, id } of notificationByUser.rows(userId)) {
        if (place !== tenantId) continue
        notificationByUser.remove(userId, id)
        notifications.remove(tenantId, `${userId} ${id}`)
      }
      draft.atCommit(
        () => tenants.get(everywhere, tenantId)?.ownerId !== userId || memberships.get(tenantId, userId) !== undefined,
      )
      return memberships.remove(tenantId, userId)
    },
  }
}
