import type { Membership, Storage, Tenant, User } from '@tenantry/core'
import { TENANT_ONE } from '../../arbitraries/tenant-one.js'
import type { Names, Scenario } from './scenario.js'

/** Puts a scenario into a storage as it is, past all rules: whatever is there, it must be decided rightly. */
export async function resolve(storage: Storage, scenario: Scenario, names: Names): Promise<void> {
  const { tenantId, organizationId } = names
  const founder = `${tenantId}-founder`
  const tenant: Tenant = {
    ...TENANT_ONE,
    id: tenantId,
    organizationId,
    ownerId: founder,
    status: scenario.tenant,
    deletedAt: scenario.tenant === 'deleted' ? 0 : null,
  }
  const user = (id: string): User => ({
    id,
    email: `${id}@example.com`,
    emailKey: `${id}@example.com`,
    emailVerifiedAt: 0,
    name: null,
    avatarUrl: null,
    language: null,
    timeZone: null,
    superuser: false,
    status: 'active',
    createdAt: 0,
    createdBy: null,
    waitingSince: null,
  })
  const member = (userId: string): Membership => ({
    tenantId,
    userId,
    roles: ['owner'],
    active: true,
    overrides: {},
    invitedBy: null,
    lastActiveAt: null,
    metadata: null,
    createdAt: 0,
  })
  await storage.transaction({ tenants: [tenantId] }, async (tx) => {
    await tx.users.insert(user(founder))
    await tx.organizations.insert({ id: organizationId, shortName: organizationId, displayName: 'Above', createdAt: 0 })
    await tx.tenants.insert(tenant)
    await tx.memberships.insert(member(founder))
    for (const { key, ...role } of scenario.customRoles) {
      await tx.roles.insert({ ...role, tenantId, key, name: key, createdAt: 0 })
    }
    for (const [
      at,
      { user: status, membership, organizationMembership, operator = false },
    ] of scenario.people.entries()) {
      const userId = names.userId(at)
      await tx.users.insert({ ...user(userId), status, superuser: operator })
      if (membership) await tx.memberships.insert({ ...member(userId), ...membership })
      if (organizationMembership)
        await tx.organizationMembers.insert({ organizationId, userId, ...organizationMembership, createdAt: 0 })
    }
  })
}
