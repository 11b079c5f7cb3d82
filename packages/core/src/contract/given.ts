import type { Event } from '../model/event.js'
import type { FormerMember } from '../model/former-member.js'
import type { Invitation } from '../model/invitation.js'
import type { JoinRequest } from '../model/join-request.js'
import type { Membership } from '../model/membership.js'
import type { Organization, OrganizationMembership } from '../model/organization.js'
import type { OwnershipTransfer } from '../model/ownership-transfer.js'
import type { QueuedMail } from '../model/queued-mail.js'
import type { StoredFile } from '../model/stored-file.js'
import type { TenantRole } from '../model/tenant-role.js'
import type { Tenant } from '../model/tenant.js'
import type { User } from '../model/user.js'
import type { Storage } from '../storage/port.js'
import { write } from './write.js'

/** The moment at which everything in the cases was made unless they say otherwise. */
export const noon = 1_750_000_000_000

export function userOf(fields: Partial<User> & Pick<User, 'id'>): User {
  return {
    email: `${fields.id}@Example.com`,
    emailKey: `${fields.id}@example.com`,
    emailVerifiedAt: null,
    name: null,
    avatarUrl: null,
    language: null,
    timeZone: null,
    superuser: false,
    status: 'active',
    createdAt: noon,
    createdBy: null,
    waitingSince: null,
    ...fields,
  }
}

export function tenantOf(fields: Partial<Tenant> & Pick<Tenant, 'id' | 'ownerId'>): Tenant {
  return {
    name: `Tenant ${fields.id}`,
    slug: null,
    type: 'group',
    joinPolicy: 'closed',
    description: null,
    plan: 'basic',
    status: 'active',
    settings: {},
    createdAt: noon,
    deletedAt: null,
    organizationId: null,
    ...fields,
  }
}

export function membershipOf(fields: Partial<Membership> & Pick<Membership, 'tenantId' | 'userId'>): Membership {
  return {
    roles: ['member'],
    active: true,
    overrides: {},
    invitedBy: null,
    lastActiveAt: null,
    metadata: null,
    createdAt: noon,
    ...fields,
  }
}

export function roleOf(fields: Partial<TenantRole> & Pick<TenantRole, 'tenantId' | 'key'>): TenantRole {
  return { name: `Role ${fields.key}`, rank: 5, permissions: ['invoice:read'], createdAt: noon, ...fields }
}

export function invitationOf(
  fields: Partial<Invitation> & Pick<Invitation, 'id' | 'tenantId' | 'inviterId'>,
): Invitation {
  return {
    email: `${fields.id}@Example.com`,
    emailKey: `${fields.id}@example.com`,
    role: 'member',
    status: 'pending',
    language: null,
    createdAt: noon,
    expiresAt: noon + 1000,
    settledAt: null,
    ...fields,
  }
}

export function organizationOf(fields: Partial<Organization> & Pick<Organization, 'id'>): Organization {
  return { shortName: `org-${fields.id}`, displayName: `Organization ${fields.id}`, createdAt: noon, ...fields }
}

export function organizationMembershipOf(
  fields: Partial<OrganizationMembership> & Pick<OrganizationMembership, 'organizationId' | 'userId'>,
): OrganizationMembership {
  return { active: true, admin: false, createdAt: noon, ...fields }
}

export function joinRequestOf(
  fields: Partial<JoinRequest> & Pick<JoinRequest, 'id' | 'tenantId' | 'userId'>,
): JoinRequest {
  return { message: null, status: 'pending', createdAt: noon, settledAt: null, decidedBy: null, ...fields }
}

export function formerMemberOf(
  fields: Partial<FormerMember> & Pick<FormerMember, 'tenantId' | 'userId'>,
): FormerMember {
  return { roles: ['member'], overrides: {}, ending: 'left', endedAt: noon, ...fields }
}

export function transferOf(
  fields: Partial<OwnershipTransfer> & Pick<OwnershipTransfer, 'tenantId' | 'ownerId'>,
): OwnershipTransfer {
  return { phase: 'sent', codeHash: 'code', tokenHash: 'token', expiresAt: noon + 1000, ...fields }
}

export function eventOf(fields: Partial<Event> & Pick<Event, 'scope' | 'seq'>): Event {
  return {
    id: `event-${fields.seq}-${JSON.stringify(fields.scope).replace(/[^a-z]/gi, '')}`,
    type: 'member.added',
    actorId: null,
    target: { type: 'tenant', id: 'acme' },
    at: noon,
    ip: null,
    data: {},
    previousHash: null,
    hash: `hash-${fields.seq}`,
    ...fields,
  }
}

export function mailOf(fields: Partial<QueuedMail> & Pick<QueuedMail, 'id'>): QueuedMail {
  return {
    tenantId: null,
    kind: 'welcome',
    recipient: 'ann@example.com',
    payload: 'sealed',
    status: 'queued',
    attempts: 0,
    dueAt: noon,
    lastError: null,
    createdAt: noon,
    ...fields,
  }
}

export function fileOf(fields: Partial<StoredFile> & Pick<StoredFile, 'id' | 'tenantId'>): StoredFile {
  return { purpose: 'logo', contentType: 'image/png', bytes: Uint8Array.of(1, 2, 3), createdAt: noon, ...fields }
}

/** Users by id, each with every field at its plainest. */
export async function givenUsers(storage: Storage, ...users: readonly (string | User)[]): Promise<void> {
  await write(storage, async (tx) => {
    for (const user of users) await tx.users.insert(typeof user === 'string' ? userOf({ id: user }) : user)
  })
}

/** A tenant with its members, who are users already; the first of them owns it. */
export async function givenTenant(
  storage: Storage,
  id: string,
  members: readonly [string, ...string[]],
  fields: Partial<Tenant> = {},
): Promise<Tenant> {
  const tenant = tenantOf({ id, ownerId: members[0], ...fields })
  await write(storage, async (tx) => {
    await tx.tenants.insert(tenant)
    for (const userId of members) await tx.memberships.insert(membershipOf({ tenantId: id, userId }))
  })
  return tenant
}

/** An organization with its members, who are users already; the first of them is its admin. */
export async function givenOrganization(
  storage: Storage,
  id: string,
  members: readonly [string, ...string[]],
  fields: Partial<Organization> = {},
): Promise<Organization> {
  const organization = organizationOf({ id, ...fields })
  await write(storage, async (tx) => {
    await tx.organizations.insert(organization)
    for (const [index, userId] of members.entries())
      await tx.organizationMembers.insert(organizationMembershipOf({ organizationId: id, userId, admin: index === 0 }))
  })
  return organization
}

/** Ann, who owns Acme, Bob and Eve, who are members of it, and Zoe, who owns Zeta and nothing else. */
export async function givenTwoTenants(storage: Storage): Promise<void> {
  await givenUsers(storage, 'ann', 'bob', 'eve', 'zoe')
  await givenTenant(storage, 'acme', ['ann', 'bob', 'eve'])
  await givenTenant(storage, 'zeta', ['zoe'])
}
