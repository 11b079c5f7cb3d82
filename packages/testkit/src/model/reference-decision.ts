import type { TenantStatus, UserStatus } from '@tenantry/core'

/**
 * A second decision procedure, written from the documents alone: strings and lists, no bits, nothing compiled. It is
 * slow and short, and disagrees with the library when either is wrong.
 */

/** The names of every permission there is in a model run, the tenancy's own before the host's. */
const OWN = {
  tenant: ['read', 'update', 'archive', 'transfer'],
  member: ['read', 'add', 'assign', 'override', 'remove'],
  invitation: ['create', 'read', 'revoke'],
  event: ['read'],
  role: ['create', 'read', 'update', 'delete'],
}
const HOST = {
  protocol: ['create', 'read', 'update', 'delete', 'comment'],
  dataset: ['create', 'read'],
  invoice: ['read', 'approve'],
}
const names = (resources: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(resources).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}:${verb}`))

export const OWN_PERMISSIONS: readonly string[] = names(OWN)
export const HOST_PERMISSIONS: readonly string[] = names(HOST)

const ADMINISTRATION = [...names({ member: OWN.member, invitation: OWN.invitation, role: OWN.role }), 'event:read']
const MEMBERSHIP = ['tenant:read', 'member:read', 'role:read']
const READING = ['protocol:read', 'dataset:read', 'invoice:read']

export interface ReferenceRole {
  readonly rank: number
  /** Holds all of the host's permissions, whatever its member's overrides say. */
  readonly full: boolean
  readonly holds: readonly string[]
}

// prettier-ignore
export const REFERENCE_ROLES: Readonly<Record<string, ReferenceRole>> = {
  owner:            { rank: 50, full: true,  holds: [...OWN_PERMISSIONS, ...HOST_PERMISSIONS] },
  admin:            { rank: 40, full: true,  holds: ['tenant:read', 'tenant:update', ...ADMINISTRATION, ...HOST_PERMISSIONS] },
  manager:          { rank: 35, full: false, holds: ['tenant:read', 'tenant:update', ...ADMINISTRATION, ...READING, 'protocol:comment', 'invoice:approve'] },
  editor:           { rank: 30, full: false, holds: [...MEMBERSHIP, ...READING, 'protocol:create', 'protocol:update', 'protocol:delete', 'protocol:comment', 'dataset:create'] },
  dataset_operator: { rank: 20, full: false, holds: [...MEMBERSHIP, 'dataset:create', 'dataset:read'] },
  member:           { rank: 20, full: false, holds: [...MEMBERSHIP, ...READING, 'protocol:create', 'protocol:update', 'protocol:comment'] },
  viewer:           { rank: 10, full: false, holds: [...MEMBERSHIP, ...READING, 'protocol:comment'] },
}

/** One user in one tenant, as a decision sees them. */
export interface ReferenceFacts {
  readonly tenantId: string
  readonly userId: string
  readonly userStatus: UserStatus
  readonly tenantStatus: TenantStatus
  readonly membership: {
    readonly roles: readonly string[]
    readonly active: boolean
    readonly overrides: Readonly<Record<string, boolean>>
  } | null
}

export interface ReferenceResource {
  readonly ownerId?: string | null
  readonly visibility?: 'private' | 'tenant'
  readonly tenantId?: string | null
  readonly sharedTenantId?: string | null
}

/**
 * Whether it is allowed. In this order: an unknown name, an inactive user, tenant or membership → no; another tenant's
 * resource → no; one's own → yes; a private one → no; one lent to another tenant → no; a full role → whatever that role
 * holds; an override → that; any role → yes.
 */
export function referenceDecision(facts: ReferenceFacts, permission: string, resource?: ReferenceResource): boolean {
  const { tenantId, userId, userStatus, tenantStatus, membership } = facts
  if (![...OWN_PERMISSIONS, ...HOST_PERMISSIONS].includes(permission)) return false
  if (userStatus !== 'active' || tenantStatus !== 'active') return false
  if (!membership?.active) return false
  // A thing of the host's has an owner and may be private; the tenant and its members do not.
  if (resource && HOST_PERMISSIONS.includes(permission)) {
    const seenFrom = [resource.tenantId, resource.sharedTenantId]
    if ('tenantId' in resource && !seenFrom.includes(tenantId)) return false
    if (resource.ownerId === userId) return true
    if (resource.visibility === 'private') return false
    if (resource.sharedTenantId && resource.sharedTenantId !== tenantId) return false
  }
  const roles = membership.roles.flatMap((key) => REFERENCE_ROLES[key] ?? [])
  const heldByRole = roles.some((role) => role.holds.includes(permission))
  if (roles.some((role) => role.full)) return heldByRole
  return membership.overrides[permission] ?? heldByRole
}
