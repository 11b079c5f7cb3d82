import { z } from 'zod'
import { IsoTime, WireId } from '../../handler/fields.js'

const Count = z.int().nonnegative()
const Anything = z.record(z.string(), z.unknown())

export const Tenant = z.object({
  id: WireId,
  name: z.string(),
  slug: z.string().nullable(),
  type: z.enum(['personal', 'group', 'institution']),
  joinPolicy: z.enum(['closed', 'request', 'open']),
  description: z.string().nullable(),
  plan: z.string(),
  status: z.enum(['active', 'suspended', 'archived', 'deleted']),
  settings: Anything,
  ownerId: WireId,
  organizationId: WireId.nullable(),
  createdAt: IsoTime,
  deletedAt: IsoTime.nullable(),
})

/** The public part of a tenant whose join policy is not `closed`, which every signed-in user may read. */
export const TenantPreview = Tenant.pick({
  id: true,
  name: true,
  type: true,
  description: true,
  joinPolicy: true,
}).extend({
  membersCount: Count,
})

export const Membership = z.object({
  tenantId: WireId,
  userId: WireId,
  roles: z.array(z.string()),
  active: z.boolean(),
  invitedBy: WireId.nullable(),
  lastActiveAt: IsoTime.nullable(),
  metadata: Anything.nullable(),
  createdAt: IsoTime,
})

/** The caller's membership in a tenant. */
export const MyTenant = z.object({ tenant: Tenant, membership: Membership, membersCount: Count.nullable() })
export const Joined = z.object({ tenant: Tenant, membership: Membership })

/** A user, as members of a shared tenant see them. */
const MemberUser = z.object({
  id: WireId,
  email: z.string(),
  emailVerifiedAt: IsoTime.nullable(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  status: z.enum(['active', 'disabled', 'deleted']),
  createdAt: IsoTime,
})
const ListedUser = MemberUser.extend({ lastLoginAt: IsoTime.nullable() })

export const Member = Membership.extend({ user: MemberUser })
export const ListedMember = Membership.extend({ user: ListedUser })

/** A user, as they and operators see the account. */
export const User = MemberUser.extend({ superuser: z.boolean() })

/** `superuser` is present for operators, and for the caller's own account. */
export const DirectoryUser = ListedUser.extend({ superuser: z.boolean().optional() })

const OrganizationMembership = z.object({
  organizationId: WireId,
  userId: WireId,
  active: z.boolean(),
  admin: z.boolean(),
  createdAt: IsoTime,
})

/**
 * A member or inherited member of a tenant, with their role in its organization and the role that they inherit from it.
 */
export const EffectiveMember = ListedMember.extend({
  organizationMembership: OrganizationMembership.nullable(),
  inheritedRole: z.string().nullable(),
})

export const Organization = z.object({ id: WireId, shortName: z.string(), displayName: z.string(), createdAt: IsoTime })
export const MyOrganization = z.object({ organization: Organization, membership: OrganizationMembership })
export const OrganizationMember = OrganizationMembership
export const ListedOrganizationMember = OrganizationMembership.extend({ user: ListedUser })

export const Role = z.object({
  key: z.string(),
  name: z.string(),
  rank: z.int(),
  /** Whether the role is unrestricted: no override restricts it. */
  unrestricted: z.boolean(),
  permissions: z.array(z.string()),
  /** Whether it is a custom role of the tenant. */
  custom: z.boolean(),
})

export const Invitation = z.object({
  id: WireId,
  tenantId: WireId,
  email: z.string(),
  role: z.string(),
  status: z.enum(['pending', 'accepted', 'declined', 'revoked']),
  inviterId: WireId,
  language: z.string().nullable(),
  createdAt: IsoTime,
  expiresAt: IsoTime,
  resolvedAt: IsoTime.nullable(),
})

/** `link` is `null` if the host only sends links by email. */
export const IssuedInvitation = z.object({ invitation: Invitation, link: z.string().nullable() })

export const InvitationPreview = z.object({
  tenantId: WireId,
  tenantName: z.string(),
  email: z.string(),
  role: z.string(),
  expiresAt: IsoTime,
})

export const JoinRequest = z.object({
  id: WireId,
  tenantId: WireId,
  userId: WireId,
  message: z.string().nullable(),
  status: z.enum(['pending', 'approved', 'rejected', 'withdrawn', 'superseded']),
  createdAt: IsoTime,
  resolvedAt: IsoTime.nullable(),
  decidedBy: WireId.nullable(),
})
export const ListedJoinRequest = JoinRequest.extend({
  applicant: MemberUser.pick({ id: true, email: true, emailVerifiedAt: true, name: true, avatarUrl: true }),
})

export const Event = z.object({
  id: WireId,
  seq: z.int(),
  type: z.string(),
  actorId: WireId.nullable(),
  target: z.object({ type: z.string(), id: WireId }),
  at: IsoTime,
  ip: z.string().nullable(),
  data: Anything,
  previousHash: z.string().nullable(),
  hash: z.string(),
})

const Named = z.object({ id: WireId, name: z.string().nullable() })

export const Notification = z.object({
  id: WireId,
  kind: z.string(),
  at: IsoTime,
  readAt: IsoTime.nullable(),
  tenant: z.object({ id: WireId, name: z.string() }),
  actor: Named.nullable(),
  resource: z.object({ type: z.string(), id: WireId, name: z.string() }).nullable(),
  member: Named.nullable(),
})

/** A token in a list, without the secret itself. */
export const AccessToken = z.object({
  id: WireId,
  label: z.string().nullable(),
  clientId: z.string().nullable(),
  prefix: z.string(),
  createdAt: IsoTime,
  signedInAt: IsoTime.nullable(),
  expiresAt: IsoTime,
  lastUsedAt: IsoTime.nullable(),
})

/** `accessToken` is the secret token, which is returned only once. */
export const IssuedToken = z.object({ accessToken: z.string(), token: AccessToken })
export const SignedIn = IssuedToken.extend({ user: User })
