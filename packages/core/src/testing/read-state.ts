import type { Reads } from '../storage/port.js'

const page = { limit: 10_000 }

/** Everything a storage shows of the tenants and users that are not deleted. */
export async function readState(read: Reads) {
  const [tenants, users] = await Promise.all([read.tenants.listAll({ page }), read.users.list({ page })])
  return {
    tenants: await Promise.all(tenants.map(async (tenant) => ({ tenant, ...(await insideOf(read, tenant.id)) }))),
    users: await Promise.all(users.map(async (user) => ({ user, ...(await aroundUser(read, user.id)) }))),
  }
}

async function insideOf(read: Reads, tenantId: string) {
  const members = await read.memberships.list({ tenantId, page })
  return {
    members,
    roles: await read.roles.list(tenantId),
    resources: await resourcesOf(read, tenantId, ['', ...members.map(({ userId }) => userId)]),
    shares: await read.resources.listShares({ tenantId }),
    invitations: await read.invitations.list({ tenantId, page }),
    joinRequests: await read.joinRequests.list({ tenantId, page }),
    transfer: await read.ownershipTransfers.find(tenantId),
    events: await read.events.list({ scope: { tenantId }, order: 'oldest', limit: page.limit }),
  }
}

/** What each of these people sees of each type there is, and what is said about it; nobody sees what all do. */
async function resourcesOf(read: Reads, tenantId: string, people: readonly string[]) {
  const order = { orderBy: 'name', direction: 'asc', page } as const
  const types = await read.resources.totals({ tenantId })
  const lists = types.flatMap(({ type }) =>
    people.map((userId) =>
      read.resources.list({ tenantId, type, userId, show: userId === '' ? 'both' : 'own', ...order }),
    ),
  )
  const seen = (await Promise.all(lists)).flat()
  const comments = seen.map((resource) =>
    read.comments.list({ tenantId, resourceType: resource.type, resourceId: resource.id, page }),
  )
  return { types, seen, comments: await Promise.all(comments) }
}

async function aroundUser(read: Reads, userId: string) {
  const organizations = await read.organizationMembers.listByUser(userId)
  return {
    organizations: await Promise.all(
      organizations.map(async (organization) => ({
        ...organization,
        events: await read.events.list({
          scope: { organizationId: organization.organization.id },
          order: 'oldest',
          limit: page.limit,
        }),
      })),
    ),
    passwordHash: await read.users.findPasswordHash(userId),
    tokens: await read.accessTokens.list({ userId, page }),
    notifications: await read.notifications.list({ userId, unread: false, page }),
    preferences: await read.notifications.getPreferences(userId),
    events: await read.events.list({ scope: { userId }, order: 'oldest', limit: page.limit }),
  }
}
