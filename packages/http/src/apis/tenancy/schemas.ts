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

/** What a tenant that lets people in shows to everybody who is signed in. */
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

/** The caller in a tenant. */
export const MyTenant = z.object({ tenant: Tenant, membership: Membership, membersCount: Count.nullable() })
export const Joined = z.object({ tenant: Tenant, membership: Membership })

/** An account as the members of a shared tenant see it. */
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

/** An account as its owner and operators see it. */
export const User = MemberUser.extend({ superuser: z.boolean() })

/** `superuser` is there for operators, and of oneself. */
export const DirectoryUser = ListedUser.extend({ superuser: z.boolean().optional() })

const OrganizationMembership = z.object({
  organizationId: WireId,
  userId: WireId,
  active: z.boolean(),
  admin: z.boolean(),
  createdAt: IsoTime,
})

/** Somebody in a tenant, with what they are in its organization and the role that gives them. */
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
  /** Whether no override restricts it. */
  unrestricted: z.boolean(),
  permissions: z.array(z.string()),
  /** Whether the tenant made it for itself. */
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

/** `link` is `null` where the host keeps links to the email alone. */
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

/** A token as lists show it: never the token itself. */
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

/** `accessToken` is the token itself, which is shown this once. */
export const IssuedToken = z.object({ accessToken: z.string(), token: AccessToken })
export const SignedIn = IssuedToken.extend({ user: User })
