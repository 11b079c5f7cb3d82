import { createTenancy } from '@tenantry/core'
import type { Storage, Tenancy, Tenant, User } from '@tenantry/core'

/** What a tenant of a race may hold. */
export interface RaceLimits {
  readonly seats?: number
  readonly invitations?: number
  readonly roles?: number
}

/** The code of every transfer of ownership in a race. */
export const RIGHT_CODE = '246810'

/**
 * The tenancy that everybody in a race makes on the shared database. Each tenant says its limits in its description,
 * as JSON, and each user how many tenants they may have in their name, so that one database holds races with and without limits.
 */
export function concurrencyTenancy(storage: Storage): Tenancy {
  return createTenancy({
    storage,
    resources: { document: ['create', 'read', 'update', 'delete'] },
    roles: { editor: { rank: 30, name: 'Editor', permissions: ['tenant:read', 'member:read', 'document:*'] } },
    limits: {
      membersPerTenant: numberIn('seats'),
      pendingInvitationsPerTenant: numberIn('invitations'),
      rolesPerTenant: numberIn('roles'),
      tenantsPerUser: ({ name }: User) => (name?.startsWith('At most ') ? Number(name.split(' ')[2]) : undefined),
      emailsPerRecipient: Infinity,
    },
    allowSignUp: true,
    newCode: () => RIGHT_CODE,
    mailer: { send: async () => {} },
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    emailEncryptionKey: 'known to everybody: no secret at all',
  })
}

function numberIn(limit: keyof RaceLimits) {
  return ({ description }: Tenant) => (JSON.parse(description ?? '{}') as RaceLimits)[limit]
}
