import type { AccessToken } from '../../model/access-token.js'
import type { Comment } from '../../model/comment.js'
import type { DeviceAuthorization } from '../../model/device-authorization.js'
import type { Event, EventScope } from '../../model/event.js'
import type { ExternalToken } from '../../model/external-token.js'
import type { FormerMember } from '../../model/former-member.js'
import type { Invitation } from '../../model/invitation.js'
import type { JoinRequest } from '../../model/join-request.js'
import type { Membership } from '../../model/membership.js'
import type { Notification, NotificationChannel, NotificationKind } from '../../model/notification.js'
import type { Organization, OrganizationMembership } from '../../model/organization.js'
import type { OwnershipTransfer } from '../../model/ownership-transfer.js'
import type { QueuedEmail } from '../../model/queued-email.js'
import type { Resource } from '../../model/resource.js'
import type { StoredFile } from '../../model/stored-file.js'
import type { Tenant } from '../../model/tenant.js'
import type { TenantRole } from '../../model/tenant-role.js'
import type { User } from '../../model/user.js'
import type { Counter } from '../counter-port.js'
import type { EventHead } from '../event-port.js'
import type { InvitationKey, InvitationTokens } from '../invitation-port.js'
import type { JoinRequestKey } from '../join-request-port.js'
import type { DeadLetter } from '../event-delivery-port.js'
import type { Share } from '../resource-port.js'
import type { UserState } from '../user-port.js'
import { createTable, type Table, type TableDraft } from './table.js'

/** Every table, with the group and the key of its rows. Tables named after two things are indexes. */
export function createTables() {
  return {
    tenants: createTable<Tenant>(), // everywhere, id
    tenantBySlug: createTable<string>(), // everywhere, slug
    users: createTable<User>(), // everywhere, id
    userByEmail: createTable<string>(), // everywhere, emailKey
    passwordHashes: createTable<string>(), // everywhere, userId
    userStates: createTable<UserState>(), // everywhere, userId
    memberships: createTable<Membership>(), // tenantId, userId
    membershipByUser: createTable<Membership>(), // userId, tenantId
    tenantRoles: createTable<TenantRole>(), // tenantId, key
    invitations: createTable<InvitationRow>(), // tenantId, id
    invitationByEmailedToken: createTable<InvitationKey>(), // everywhere, tokenHash
    invitationByRevealedToken: createTable<InvitationKey>(), // everywhere, tokenHash
    invitationByEmail: createTable<string>(), // tenantId, emailKey; the pending ones
    organizations: createTable<Organization>(), // everywhere, id
    organizationByShortName: createTable<string>(), // everywhere, shortName
    organizationMembers: createTable<OrganizationMembership>(), // organizationId, userId
    organizationMemberByUser: createTable<OrganizationMembership>(), // userId, organizationId
    joinRequests: createTable<JoinRequest>(), // tenantId, id
    joinRequestByUser: createTable<JoinRequestKey>(), // userId, tenantId and id
    formerMembers: createTable<FormerMember>(), // tenantId, userId
    formerMemberByUser: createTable<string>(), // userId, tenantId
    ownershipTransfers: createTable<OwnershipTransfer>(), // everywhere, tenantId
    accessTokens: createTable<AccessTokenRow>(), // userId, id
    accessTokenByHash: createTable<AccessToken>(), // everywhere, tokenHash
    externalTokens: createTable<ExternalTokenRow>(), // subject, id
    externalTokenByHash: createTable<ExternalToken>(), // everywhere, tokenHash
    deviceAuthorizations: createTable<DeviceAuthorizationRow>(), // everywhere, id
    events: createTable<Event>(), // scope, seq
    eventHeads: createTable<EventHead>(), // everywhere, scope
    emails: createTable<QueuedEmail>(), // everywhere, id
    deliveryChains: createTable<DeliveryChainRow>(), // everywhere, scope
    deadLetters: createTable<DeadLetter>(), // everywhere, id
    notificationChains: createTable<DeliveryChainRow>(), // everywhere, scope
    notifications: createTable<Notification>(), // tenantId, userId and id
    notificationByUser: createTable<Notification>(), // userId, id
    notificationPreferences: createTable<NotificationPreferenceRow>(), // userId, kind
    purges: createTable<number>(), // everywhere, tenantId; when it began
    files: createTable<StoredFile>(), // tenantId, id
    resources: createTable<Resource>(), // tenantId, type and id
    shares: createTable<Share>(), // ownerTenantId, type and id
    comments: createTable<Comment>(), // tenantId, resource and id
    counters: createTable<CounterRow>(), // everywhere, key
  }
}

/** The tables without an index whose group is a tenant: a purge empties them. */
export const purgedByGroup = ['files', 'comments', 'resources', 'shares', 'tenantRoles'] as const

export interface InvitationRow {
  readonly invitation: Invitation
  readonly tokens: InvitationTokens
}

export interface AccessTokenRow {
  readonly token: AccessToken
  readonly tokenHash: string
}

export interface ExternalTokenRow {
  readonly token: ExternalToken
  readonly tokenHash: string
}

export interface DeviceAuthorizationRow {
  readonly authorization: DeviceAuthorization
  readonly deviceCodeHash: string
  readonly userCodeHash: string
}

/** A chain is due at `dueAt`, which is the end of the lease while it is claimed; `null` when nothing waits. */
export interface DeliveryChainRow {
  readonly scope: EventScope
  readonly seq: number
  readonly markedUpTo: number
  readonly dueAt: number | null
  readonly waitingSince: number | null
  readonly attempts: number
}

export interface NotificationPreferenceRow {
  readonly userId: string
  readonly kind: NotificationKind
  readonly channel: NotificationChannel
}

export interface CounterRow extends Counter {
  readonly key: string
}

export type CommittedTables = ReturnType<typeof createTables>

/** What reads work on: the committed tables or a transaction's. */
export type Tables = { readonly [Name in keyof CommittedTables]: Table<RowOf<Name>> }

export type TableDrafts = { readonly [Name in keyof CommittedTables]: TableDraft<RowOf<Name>> }

type RowOf<Name extends keyof CommittedTables> = CommittedTables[Name] extends Table<infer Row> ? Row : never

export function draftTables(tables: CommittedTables): TableDrafts {
  return {
    tenants: tables.tenants.draft(),
    tenantBySlug: tables.tenantBySlug.draft(),
    users: tables.users.draft(),
    userByEmail: tables.userByEmail.draft(),
    passwordHashes: tables.passwordHashes.draft(),
    userStates: tables.userStates.draft(),
    memberships: tables.memberships.draft(),
    membershipByUser: tables.membershipByUser.draft(),
    tenantRoles: tables.tenantRoles.draft(),
    invitations: tables.invitations.draft(),
    invitationByEmailedToken: tables.invitationByEmailedToken.draft(),
    invitationByRevealedToken: tables.invitationByRevealedToken.draft(),
    invitationByEmail: tables.invitationByEmail.draft(),
    organizations: tables.organizations.draft(),
    organizationByShortName: tables.organizationByShortName.draft(),
    organizationMembers: tables.organizationMembers.draft(),
    organizationMemberByUser: tables.organizationMemberByUser.draft(),
    joinRequests: tables.joinRequests.draft(),
    joinRequestByUser: tables.joinRequestByUser.draft(),
    formerMembers: tables.formerMembers.draft(),
    formerMemberByUser: tables.formerMemberByUser.draft(),
    ownershipTransfers: tables.ownershipTransfers.draft(),
    accessTokens: tables.accessTokens.draft(),
    accessTokenByHash: tables.accessTokenByHash.draft(),
    externalTokens: tables.externalTokens.draft(),
    externalTokenByHash: tables.externalTokenByHash.draft(),
    deviceAuthorizations: tables.deviceAuthorizations.draft(),
    events: tables.events.draft(),
    eventHeads: tables.eventHeads.draft(),
    emails: tables.emails.draft(),
    deliveryChains: tables.deliveryChains.draft(),
    deadLetters: tables.deadLetters.draft(),
    notificationChains: tables.notificationChains.draft(),
    notifications: tables.notifications.draft(),
    notificationByUser: tables.notificationByUser.draft(),
    notificationPreferences: tables.notificationPreferences.draft(),
    purges: tables.purges.draft(),
    files: tables.files.draft(),
    resources: tables.resources.draft(),
    shares: tables.shares.draft(),
    comments: tables.comments.draft(),
    counters: tables.counters.draft(),
  }
}
