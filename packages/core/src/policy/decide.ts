import type { Membership } from '../model/membership.js'
import type { OrganizationMembership } from '../model/organization.js'
import type { TenantStatus } from '../model/tenant.js'
import type { UserStatus } from '../model/user.js'
import { allow, refuse } from './decision.js'
import type { Decision, Reason } from './decision.js'
import { hasBit, intersection, isSubset, maskOf, union, without } from './permissions.js'
import type { Mask } from './permissions.js'
import { runsOrganization } from './invariants.js'
import { resolveRole } from './custom-role.js'
import type { CustomRole } from './custom-role.js'
import type { Policy, Role } from './policy.js'
import { ORGANIZATION_ADMIN } from './roles.js'

/**
 * The facts about a thing that a decision may turn on. What is left out plays no part: without `visibility` the host does
 * not hide things of this kind, without `tenantId` it has made sure of the tenant already. What is given as `null` is a
 * `null` means unknown and never grants access.
 */
export interface ResourceAttributes {
  readonly ownerId?: string | null | undefined
  readonly visibility?: 'private' | 'tenant' | undefined
  /** The tenant that the thing belongs to. */
  readonly tenantId?: string | null | undefined
  /** The tenant that the thing is shared to: its members see the thing then, and those of `tenantId` do not, but its owner. */
  readonly sharedTenantId?: string | null | undefined
}

/** One user in one tenant, as decisions see them. */
export interface Subject {
  readonly tenantId: string
  /** Empty for the host's own code, which is no user. */
  readonly userId: string
  readonly denial: Reason | null
  readonly roles: readonly Role[]
  readonly rank: number
  readonly unrestricted: boolean
  /** Whether one of the roles that are held, and not only shared, is full. */
  readonly unrestrictedByRole: boolean
  /** The role that running the tenant's organization shares; `null` where no one shares, or an unrestricted role is as good. */
  readonly shared: Role | null
  readonly superuser: boolean
  /** Whether the subject acts as an operator: with all that an owner holds, but as nobody's owner of anything. */
  readonly operator: boolean
  readonly granted: Mask
  readonly denied: Mask
  readonly roleMask: Mask
  /** What the subject may do with a thing that is neither theirs nor private. Empty when barred. */
  readonly effective: Mask
}

/** What of a subject decisions turn on. */
export type Decided = Omit<Subject, 'roles' | 'rank' | 'unrestricted' | 'superuser' | 'effective'>

/** Builds the subject for `decide`. Unknown roles grant nothing. */
export function toSubject(
  policy: Policy,
  facts: {
    readonly tenant: { readonly id: string; readonly status: TenantStatus }
    readonly user: { readonly id: string; readonly status: UserStatus; readonly superuser?: boolean }
    readonly membership: Pick<Membership, 'roles' | 'active' | 'overrides'> | null
    /** The definitions of those of the membership's roles that the tenant made for itself. */
    readonly customRoles: readonly CustomRole[]
    /** What the user is in the tenant's organization; absent for nobody there. */
    readonly organizationMembership?: Pick<OrganizationMembership, 'active' | 'admin'> | null | undefined
  },
): Subject {
  const none = maskOf([], policy.permissions.length)
  const membership = inForce(facts)
  const held = (membership?.roles ?? []).flatMap((key) => resolveRole(policy, facts.customRoles, key) ?? [])
  const shared = runsOrganization(facts.organizationMembership) ? inheritedFrom(policy, held) : null
  const roles = shared ? [...held, shared] : held
  const unrestrictedByRole = held.some((role) => role.unrestricted)
  const roleMask = roles.reduce<Mask>((mask, role) => union(mask, role.mask), none)
  const overrides = membership?.overrides ?? {}
  const overridden = (value: boolean): Mask => {
    const names = Object.keys(overrides).filter((name) => overrides[name] === value)
    const mask = maskOf(
      names.flatMap((name) => policy.bits.get(name) ?? []),
      policy.permissions.length,
    )
    return intersection(mask, policy.hostMask)
  }
  const granted = overridden(true)
  const denied = overridden(false)
  const denial = denialBy(facts)
  const ownAlone = unrestrictedByRole ? roleMask : union(without(roleMask, denied), granted)
  return {
    tenantId: facts.tenant.id,
    userId: facts.user.id,
    denial,
    roles,
    rank: Math.max(0, ...roles.map((role) => role.rank)),
    unrestricted: roles.some((role) => role.unrestricted),
    unrestrictedByRole,
    shared,
    superuser: facts.user.superuser === true,
    operator: false,
    granted,
    denied,
    roleMask,
    effective: denial ? none : union(ownAlone, shared?.mask ?? none),
  }
}

/** Role inherited from the organization, in addition to the member’s own roles; overrides do not restrict it. */
function inheritedFrom(policy: Policy, held: readonly Role[]): Role | null {
  const shared = policy.roles.get(ORGANIZATION_ADMIN) ?? null
  const isAsGood = ({ unrestricted, rank, mask }: Role) =>
    shared && unrestricted && rank >= shared.rank && isSubset(shared.mask, mask)
  return held.some(isAsGood) ? null : shared
}

/** A membership that is not active gives nothing, and takes nothing of what running the organization gives. */
function inForce({ membership, organizationMembership }: Parameters<typeof toSubject>[1]) {
  return membership?.active === false && runsOrganization(organizationMembership) ? null : membership
}

function denialBy(facts: Parameters<typeof toSubject>[1]): Reason | null {
  if (facts.user.status !== 'active') return 'user_not_active'
  if (facts.tenant.status !== 'active') return 'tenant_not_active'
  if (runsOrganization(facts.organizationMembership)) return null
  if (!facts.membership) return 'not_a_member'
  return facts.membership.active ? null : 'membership_not_active'
}

/**
 * Whether a subject may do a thing, and why. Pure and total: an unknown name or a missing fact is a refusal.
 *
 * Order: tenant not active, no active membership → no; another tenant's resource → no; own resource → yes, for the verbs
 * that ownership gives; somebody else's private resource → no; somebody else's, shared with another tenant → no; an operator
 * acts → yes; running the organization gives it → yes; an unrestricted role → yes; the member's override → that; any role grants
 * it → yes; otherwise no.
 */
export function decide(
  policy: Policy,
  subject: Decided,
  permission: string,
  resource?: ResourceAttributes | null,
): Decision {
  const bit = policy.bits.get(permission)
  if (bit === undefined) return refuse('unknown_permission')
  if (subject.denial) return refuse(subject.denial)
  // Owning a thing of the host's gives no right over the tenant itself.
  if (resource !== undefined && hasBit(policy.hostMask, bit)) {
    const { ownerId, visibility, tenantId, sharedTenantId } = resource ?? UNKNOWN
    const here = subject.tenantId
    if (tenantId !== undefined && tenantId !== here && sharedTenantId !== here) return refuse('other_tenant')
    const isOwn = ownerId === subject.userId && !subject.operator
    if (isOwn && hasBit(policy.ownerMask, bit)) return allow('resource_owner')
    // Its owner sees it wherever it is, and needs a role for what ownership does not give.
    if (!isOwn && visibility !== undefined && visibility !== 'tenant') return refuse('private_resource')
    if (!isOwn && (sharedTenantId ?? here) !== here) return refuse('shared_elsewhere')
  }
  if (subject.operator) return hasBit(subject.roleMask, bit) ? allow('operator') : refuse('not_granted')
  if (subject.shared && hasBit(subject.shared.mask, bit)) return allow('organization_admin')
  if (subject.unrestrictedByRole)
    return hasBit(subject.roleMask, bit) ? allow('unrestricted_role') : refuse('not_granted')
  if (hasBit(subject.granted, bit)) return allow('override')
  if (hasBit(subject.denied, bit)) return refuse('denied_by_override')
  return hasBit(subject.roleMask, bit) ? allow('role') : refuse('not_granted')
}

/** A thing that is `null` is one that nothing is known about, which a caller without types may hand in. */
const UNKNOWN: ResourceAttributes = { visibility: 'private' }
