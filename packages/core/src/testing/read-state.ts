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
  return {
    members: await read.memberships.list({ tenantId, page }),
    roles: await read.roles.list(tenantId),
    invitations: await read.invitations.list({ tenantId, page }),
    joinRequests: await read.joinRequests.list({ tenantId, page }),
    transfer: await read.ownershipTransfers.find(tenantId),
    events: await read.events.list({ scope: { tenantId }, order: 'oldest', limit: page.limit }),
  }
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
    events: await read.events.list({ scope: { userId }, order: 'oldest', limit: page.limit }),
  }
}
