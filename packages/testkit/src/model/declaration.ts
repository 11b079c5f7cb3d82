import { BUILT_IN_ROLES } from '@tenantry/core'
import type { Lifetimes, Limits, RoleDefinitions } from '@tenantry/core'
import { referenceRules } from '../reference/reference-decision.js'

/** What the host of a model run declares. It is small, so that limits are met and roles overlap within a short run. */
export const RESOURCES = {
  protocol: ['create', 'read', 'update', 'delete', 'comment'],
  dataset: ['create', 'read'],
  invoice: ['read', 'approve'],
} as const

const IN_TENANT = ['tenant:read', 'member:read', 'role:read']

/**
 * The manager has authority over members without being unrestricted, and holds less than some of those it outranks; the
 * librarian ranks as a member does, and neither holds what the other holds.
 */
export const HOST_ROLES = {
  manager: {
    rank: 35,
    name: 'Manager',
    permissions: [
      'tenant:read',
      'tenant:update',
      'member:*',
      'invitation:*',
      'event:read',
      'role:*',
      'protocol:read',
      'protocol:comment',
      'dataset:read',
      'invoice:read',
      'invoice:approve',
    ],
  },
  editor: {
    rank: 30,
    name: 'Editor',
    permissions: [...IN_TENANT, '*:create', '*:read', '*:update', '*:delete', '*:comment'],
  },
  librarian: { rank: 20, name: 'Librarian', permissions: [...IN_TENANT, 'dataset:*'] },
  member: {
    ...BUILT_IN_ROLES.member,
    permissions: [...BUILT_IN_ROLES.member.permissions, 'protocol:create', 'protocol:update'],
  },
} as const satisfies RoleDefinitions

/** A key that no role can have. */
export const RESERVED_ROLE = 'invite'

/** The same as the documents read it. */
export const REFERENCE = referenceRules({ resources: RESOURCES, roles: HOST_ROLES })

/** Members of one tenant, by its plan: the first is that of every new tenant. */
export const SEATS: Readonly<Record<string, number>> = { basic: 5, pro: 6 }
export const [FIRST_PLAN = ''] = Object.keys(SEATS)

export const LIMITS = {
  membersPerTenant: ({ plan }) => SEATS[plan],
  pendingInvitationsPerTenant: 2,
  tenantsPerUser: 3,
  rolesPerTenant: 2,
  emailsPerRecipient: Infinity,
} as const satisfies Limits

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export const LIFETIMES = {
  invitation: 72 * HOUR_MS,
  accessToken: 14 * 24 * HOUR_MS,
  ownershipTransfer: 5 * MINUTE_MS,
  inviteCooldown: 24 * HOUR_MS,
  joinRequestCooldown: 24 * HOUR_MS,
  deletedTenantRetention: 30 * 24 * HOUR_MS,
  deviceAuthorization: 15 * MINUTE_MS,
  notification: 90 * 24 * HOUR_MS,
} as const satisfies Lifetimes

/** One mail with a code a minute; the sixth try of a code locks the owner's transfers for a day. */
export const TRANSFER_LIMITS = { emailEveryMs: MINUTE_MS, tries: 6, lockMs: 24 * HOUR_MS } as const

export const STARTS_AT = Date.UTC(2026, 0, 5, 9)
