import type { Reason, Resources, Rule, TenantStatus, UserStatus } from '@tenantry/core'
import type { PermissionRules } from '../arbitraries/permission-rules.js'

/**
 * A second decision procedure, written from the documents alone: names and lists, no bits, nothing compiled. It is slow
 * and short, and disagrees with the library when either is wrong.
 */

/** What the library protects in every tenant. */
// prettier-ignore
const LIBRARY = {
  tenant:       ['read', 'update', 'archive', 'delete', 'transfer'],
  member:       ['read', 'add', 'assign', 'override', 'remove'],
  invitation:   ['create', 'read', 'revoke'],
  join_request: ['read', 'decide'],
  event:        ['read'],
  role:         ['create', 'read', 'update', 'delete'],
}
const OWNER_ONLY = ['tenant:transfer', 'tenant:delete']
const IN_CHARGE_OF = ['member:*', 'invitation:*', 'join_request:*', 'event:*', 'role:*']
const ADMINISTRATION = ['tenant:read', 'tenant:update', ...IN_CHARGE_OF]
const MEMBERSHIP = ['tenant:read', 'member:read', 'role:read']
const READING = ['*:read', '*:comment']

export interface ReferenceRole {
  readonly rank: number
  /** Holds all of the host's permissions, whatever its member's overrides say. */
  readonly unrestricted?: boolean
  /** `*` is every verb of a resource, or every resource of the host's. */
  readonly permissions: readonly string[]
}

// prettier-ignore
const BUILT_IN: Readonly<Record<string, ReferenceRole>> = {
  owner:  { rank: 50, unrestricted: true, permissions: ['tenant:*', ...ADMINISTRATION] },
  admin:  { rank: 40, unrestricted: true, permissions: ADMINISTRATION },
  member: { rank: 20, permissions: [...MEMBERSHIP, ...READING] },
  viewer: { rank: 10, permissions: [...MEMBERSHIP, ...READING] },
}

/** Everything there is to ask about, and every role there is. */
export interface ReferenceRules {
  readonly library: readonly string[]
  readonly host: readonly string[]
  readonly roles: Readonly<Record<string, ReferenceRole>>
  /** What owning a thing permits. */
  readonly owner: readonly string[]
  /** What a `*` for the resource does not reach. */
  readonly closed: readonly string[]
}

export function referenceRules({ resources = {}, roles = {} }: PermissionRules): ReferenceRules {
  const long = Object.entries(resources).map(([name, declared]) => [name, inFull(declared)] as const)
  const closed = long.filter(([, { allowWildcards }]) => allowWildcards === false)
  const host = names(long.map(([name, { verbs }]) => [name, verbs]))
  const owner = long.map(([name, { owner = ['read', 'update', 'delete'] }]) => [name, owner] as const)
  return {
    library: names(Object.entries(LIBRARY)),
    host,
    owner: names(owner).filter((name) => host.includes(name)),
    closed: names(closed.map(([name, { verbs }]) => [name, verbs])),
    roles: { ...BUILT_IN, ...roles },
  }
}

function inFull(declared: Resources[string]) {
  return 'verbs' in declared ? declared : { verbs: declared }
}

function names(resources: readonly (readonly [string, readonly string[]])[]): readonly string[] {
  return resources.flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}:${verb}`))
}

/** The names of all that a role holds. */
export function heldBy(rules: ReferenceRules, role: ReferenceRole): readonly string[] {
  return [...rules.library, ...rules.host].filter((name) => holds(rules, role, name))
}

function holds({ host, closed }: ReferenceRules, role: ReferenceRole, name: string): boolean {
  const isHosts = host.includes(name)
  if (role.unrestricted === true && isHosts) return true
  return role.permissions.some((pattern) => fits(pattern, name, isHosts && !closed.includes(name)))
}

function fits(pattern: string, name: string, isOpen: boolean): boolean {
  if (!pattern.includes('*')) return pattern === name
  const [[resource, verb], [ofResource, itself]] = [pattern.split(':'), name.split(':')]
  return (resource === '*' ? isOpen : resource === ofResource) && (verb === '*' || verb === itself)
}

/** One user in one tenant, as a decision sees them. */
export interface ReferenceFacts {
  readonly tenant: { readonly id: string; readonly status: TenantStatus }
  readonly user: { readonly id: string; readonly status: UserStatus }
  readonly membership: {
    readonly roles: readonly string[]
    readonly active: boolean
    readonly overrides: Readonly<Record<string, boolean>>
  } | null
  /** Whether the user acts as an operator of the installation. */
  readonly operator?: boolean
  /** What the user is in the tenant's organization. */
  readonly organizationMembership?: { readonly active: boolean; readonly admin: boolean } | null | undefined
  /** The roles that the tenant made for itself. */
  readonly customRoles: readonly { readonly key: string; readonly permissions: readonly string[] }[]
}

export interface ReferenceResource {
  readonly ownerId?: string | null | undefined
  /** Anything but `tenant` is private. */
  readonly visibility?: string | null | undefined
  readonly tenantId?: string | null | undefined
  readonly sharedTenantId?: string | null | undefined
}

export interface ReferenceDecision {
  readonly allowed: boolean
  readonly because: Rule | Reason
}

const no = (because: Reason): ReferenceDecision => ({ allowed: false, because })
const yes = (because: Rule): ReferenceDecision => ({ allowed: true, because })
/** Whether it is allowed, and why. The first line that speaks decides. */
export function referenceDecision(
  rules: ReferenceRules,
  { tenant, user, membership: written, organizationMembership, customRoles, operator = false }: ReferenceFacts,
  permission: string,
  resource?: ReferenceResource,
): ReferenceDecision {
  const isHosts = rules.host.includes(permission)
  if (!isHosts && !rules.library.includes(permission)) return no('unknown_permission')
  if (user.status !== 'active') return no('user_not_active')
  if (tenant.status !== 'active' && !(operator && tenant.status === 'suspended')) return no('tenant_not_active')
  const inherited = organizationMembership?.active && organizationMembership.admin ? rules.roles['admin'] : undefined
  if (!operator && !written && !inherited) return no('not_a_member')
  if (!operator && written?.active === false && !inherited) return no('membership_not_active')
  // An inactive membership gives nothing, and takes nothing away.
  const membership = written?.active ? written : null
  // A thing of the host's has an owner and may be private; the tenant and its members do not.
  if (resource && isHosts) {
    const { ownerId, visibility, tenantId, sharedTenantId } = resource
    if (tenantId !== undefined && tenantId !== tenant.id && sharedTenantId !== tenant.id) return no('other_tenant')
    const isOwn = ownerId === user.id && !operator
    if (isOwn && rules.owner.includes(permission)) return yes('resource_owner')
    if (!isOwn && visibility !== undefined && visibility !== 'tenant') return no('private_resource')
    if (!isOwn && typeof sharedTenantId === 'string' && sharedTenantId !== tenant.id) return no('shared_elsewhere')
  }
  // An operator does in any tenant what its owner does, whatever they are there themselves.
  if (operator) {
    const { owner } = rules.roles
    return owner && holds(rules, owner, permission) ? yes('operator') : no('not_granted')
  }
  const held = (membership?.roles ?? []).flatMap((key) => {
    const own = key === 'owner' ? undefined : customRoles.find((role) => role.key === key)
    const givable = own?.permissions.filter((one) => isGivable(rules, one))
    const role = Object.hasOwn(rules.roles, key) ? rules.roles[key] : undefined
    return givable ? { rank: 0, permissions: givable } : (role ?? [])
  })
  const unrestrictedRoles = held.filter(({ unrestricted }) => unrestricted)
  const isMore =
    inherited && !unrestrictedRoles.some((role) => heldBy(rules, inherited).every((one) => holds(rules, role, one)))
  if (isMore && holds(rules, inherited, permission)) return yes('organization_admin')
  const roleMask = held.some((role) => holds(rules, role, permission))
  if (unrestrictedRoles.length > 0) return roleMask ? yes('unrestricted_role') : no('not_granted')
  const override = isHosts
    ? Object.entries(membership?.overrides ?? {}).find(([name]) => name === permission)
    : undefined
  if (override) return override[1] ? yes('override') : no('denied_by_override')
  return roleMask ? yes('role') : no('not_granted')
}

/** What a tenant may put into a role of its own: all that its owner holds but what is the owner's alone. */
function isGivable(rules: ReferenceRules, permission: string): boolean {
  const { owner } = rules.roles
  return owner !== undefined && holds(rules, owner, permission) && !OWNER_ONLY.includes(permission)
}
