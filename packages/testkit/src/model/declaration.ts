import type { Lifetimes, Limits, RoleDefinitions } from '@tenantry/core'
import { referenceRules } from '../reference/reference-decision.js'

/** What the host of a model run declares. It is small, so that limits are met and roles overlap within a short run. */
export const RESOURCES = {
  protocol: ['create', 'read', 'update', 'delete', 'comment'],
  dataset: ['create', 'read'],
  invoice: ['read', 'approve'],
} as const

/** A role with authority over members that is not a full one: it holds less than some of those it outranks. */
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
} as const satisfies RoleDefinitions

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
