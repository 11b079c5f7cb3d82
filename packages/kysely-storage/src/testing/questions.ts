import type { Storage } from '@tenantry/core'

const first = { limit: 20 }
const next = { limit: 20, after: { at: 1, id: 'x' } }
const numbered = { limit: 20, offset: 20 }
const tenant = { tenantId: 'acme' }
const user = { userId: 'ann' }
const byName = { limit: 20, after: { at: 'x', id: 'x' } }
const grants = {
  permission: 'doc:read',
  roles: ['admin'],
  unrestrictedRoles: [],
  customRoles: true,
  overrides: true,
  organizationId: 'o5',
  userId: null,
}
const holders = { ...tenant, ownerId: 'ann', grants }
const outside = { ...tenant, organizationId: 'o5', page: next }
const resources = { ...tenant, ...user, type: 'doc', show: 'both', direction: 'desc' } as const
const target = { type: 'member', id: 'u7' } as const
const talk = { ...tenant, resourceType: 'doc', resourceId: 'x' }
const talks = { ...talk, resourceIds: ['x', 'y'], limit: 20, after: { resourceId: 'x', at: 1, id: 'x' } }
const anywhere = { ...user, type: 'doc', ownIn: ['acme'], tenantIds: ['acme'] }
const knownTo = { ...user, tenantIds: ['acme'] }
const subject = { issuer: 'sso', emailKey: 'eva@example.com' }

export type Question = readonly [name: string, ask: (read: Storage['read']) => Promise<unknown>]

/** Those that are asked with nearly every request. */
export const hotQuestions: readonly Question[] = [
  ['access', (read) => read.access.find({ ...tenant, ...user })],
  ['a token and its user', (read) => read.accessTokens.findByHash('hash')],
  ["an external subject's token", (read) => read.externalTokens.findByHash('hash')],
  ['a device by its code', (read) => read.deviceAuthorizations.findByDeviceCode('hash')],
  ["a device by its user's code", (read) => read.deviceAuthorizations.findByUserCode('hash')],
  ["a user's tenants", (read) => read.tenants.listByUser({ ...user, page: first })],
  ["a user's further tenants", (read) => read.tenants.listByUser({ ...user, page: next })],
  ["a tenant's members", (read) => read.memberships.list({ ...tenant, page: first })],
  ["a tenant's further members", (read) => read.memberships.list({ ...tenant, page: next })],
  ['who has a permission', (read) => read.memberships.listHolders({ ...holders, page: first })],
  ['who else has a permission', (read) => read.memberships.listHolders({ ...holders, page: next })],
  ["the end of a tenant's chain", (read) => read.events.head(tenant)],
  ["the end of a user's chain", (read) => read.events.head(user)],
]

/** Others that an index answers, in its order. */
export const orderedQuestions: readonly Question[] = [
  ["a tenant's custom roles", (read) => read.roles.list('acme')],
  ['all tenants', (read) => read.tenants.listAll({ page: next })],
  ['all users', (read) => read.users.list({ page: next })],
  ["a tenant's invitations", (read) => read.invitations.list({ ...tenant, page: next })],
  ['invitations by status', (read) => read.invitations.list({ ...tenant, status: 'pending', page: next })],
  ["an address's invitation", (read) => read.invitations.findPending({ ...tenant, emailKey: 'x' })],
  ['when a mailbox last declined', (read) => read.invitations.lastDeclinedAt({ ...tenant, mailbox: 'x@y' })],
  ["an address's invitations", (read) => read.invitations.listOpenTo({ emailKey: 'x', now: 1, limit: 9 })],
  ['deleted tenants', (read) => read.purges.listDue({ deletedBefore: 9, limit: 9, after: next.after })],
  ['join requests', (read) => read.joinRequests.list({ ...tenant, page: next })],
  ['join requests by status', (read) => read.joinRequests.list({ ...tenant, status: 'pending', page: next })],
  ["a person's join request", (read) => read.joinRequests.findPending({ ...tenant, ...user })],
  ["a person's last rejection", (read) => read.joinRequests.lastRejectedAt({ ...tenant, ...user })],
  ['what somebody was', (read) => read.formerMembers.find({ ...tenant, ...user })],
  ["a person's pending join requests", (read) => read.joinRequests.countPendingByUser('ann')],
  ['events of a type', (read) => read.events.list({ scope: tenant, order: 'newest', limit: 9, after: 9, type: 'x' })],
  [
    'events of an actor',
    (read) => read.events.list({ scope: tenant, order: 'newest', limit: 9, after: 9, actorId: 'x' }),
  ],
  ['events about a member', (read) => read.events.list({ scope: tenant, order: 'newest', limit: 9, after: 9, target })],
  ['the first events about a member', (read) => read.events.list({ scope: tenant, order: 'oldest', limit: 9, target })],
  ["a user's tokens", (read) => read.accessTokens.list({ ...user, page: next })],
  ["a tenant's resources", (read) => read.resources.list({ ...resources, orderBy: 'created', page: next })],
  ['resources by name', (read) => read.resources.list({ ...resources, orderBy: 'name', page: byName })],
  ['resources by time', (read) => read.resources.list({ ...resources, orderBy: 'updated', page: next })],
  ['resources by activity', (read) => read.resources.list({ ...resources, orderBy: 'active', page: next })],
  ['resources by size', (read) => read.resources.list({ ...resources, orderBy: 'size', page: next })],
  ["a resource's comments", (read) => read.comments.list({ ...talk, page: next })],
  ['a resource', (read) => read.resources.find({ ...resources, id: 'x' })],
  ["a subject's tokens", (read) => read.externalTokens.list({ subject, liveAt: 1, page: next })],
  ['dead mails', (read) => read.emails.listDeadLetters({ page: next })],
  ['dead events', (read) => read.eventDelivery.listDeadLetters({ page: next })],
  ['the backlog of events', (read) => read.eventDelivery.backlog()],
  ['the backlog of notifications', (read) => read.notificationChains.backlog()],
  ["a person's notifications", (read) => read.notifications.list({ ...user, unread: false, page: next })],
  ["a person's unread notifications", (read) => read.notifications.list({ ...user, unread: true, page: next })],
  ['a notification', (read) => read.notifications.find({ ...user, id: 'x' })],
  ["a person's preferences", (read) => read.notifications.getPreferences('ann')],
  [
    "many people's choices",
    (read) => read.notifications.listPreferences({ kind: 'member_left', userIds: ['ann', 'bob'] }),
  ],
]

/** What anybody who is signed in asks about themselves and those around them, from their own rows outwards. */
export const ownQuestions: readonly Question[] = [
  ['how many tenants a user has', (read) => read.tenants.countByUser(user)],
  ['the tenant a user works in', (read) => read.tenants.current(user)],
  ['how many tenants a user is in', (read) => read.memberships.countByUser('ann')],
  ["all of a user's memberships", (read) => read.memberships.listByUser('ann')],
  ["a user's organizations", (read) => read.organizationMembers.listByUser('ann')],
  ['how many notifications a user has', (read) => read.notifications.count({ ...user, unread: false })],
  ['how many unread notifications a user has', (read) => read.notifications.count({ ...user, unread: true })],
  ["a user's resources everywhere", (read) => read.resources.listForUser({ ...anywhere, page: first })],
  ["a user's further resources everywhere", (read) => read.resources.listForUser({ ...anywhere, page: next })],
  ['how many resources a user finds everywhere', (read) => read.resources.countForUser(anywhere)],
  ['whom a user knows', (read) => read.users.list({ knownTo, page: first })],
  ['whom else a user knows', (read) => read.users.list({ knownTo, page: next })],
  ['whom a user knows by a page number', (read) => read.users.list({ knownTo, page: { limit: 20, offset: 20 } })],
  ['whom a user knows by a keyword', (read) => read.users.list({ knownTo, keyword: 'x', page: first })],
  ['whom a user knows by an address', (read) => read.users.list({ knownTo, emailKey: '5@x', page: first })],
  ['how many people a user knows', (read) => read.users.count({ knownTo })],
  ['how many people a user knows by a keyword', (read) => read.users.count({ knownTo, keyword: 'x' })],
  ['when people signed in last', (read) => read.users.listLastLogins(['ann', 'bob'])],
]

/** Lists by the number of a page: their ids are found first, then the rows are looked up and sorted. */
export const numberedQuestions: readonly Question[] = [
  ["a tenant's members", (read) => read.memberships.list({ ...tenant, page: numbered })],
  ['members by a keyword', (read) => read.memberships.list({ ...tenant, keyword: 'x', page: numbered })],
  ['members with a role', (read) => read.memberships.list({ ...tenant, role: 'admin', page: numbered })],
  ['who has a permission', (read) => read.memberships.listHolders({ ...holders, page: numbered })],
  ["an organization's members", (read) => read.organizationMembers.list({ organizationId: 'o5', page: numbered })],
  [
    "an organization's admins outside a tenant",
    (read) => read.organizationMembers.listAdminsWithoutMembership({ ...outside, page: numbered }),
  ],
  ['join requests', (read) => read.joinRequests.list({ ...tenant, page: numbered })],
]

/** What members of a tenant count. */
export const countingQuestions: readonly Question[] = [
  ["a tenant's members", (read) => read.memberships.count(tenant)],
  ["a tenant's members by a keyword", (read) => read.memberships.count({ ...tenant, keyword: 'x' })],
  ["a tenant's members with a role", (read) => read.memberships.count({ ...tenant, role: 'admin' })],
  ['who has a permission', (read) => read.memberships.countHolders(holders)],
  [
    "an organization's admins outside a tenant",
    (read) => read.organizationMembers.countAdminsWithoutMembership(outside),
  ],
  ["a tenant's resources", (read) => read.resources.count(resources)],
  ["a tenant's resources by type", (read) => read.resources.totals(tenant)],
  ["a tenant's invitations", (read) => read.invitations.count(tenant)],
  ["a tenant's open invitations", (read) => read.invitations.countOpen({ ...tenant, now: 1 })],
  ["a tenant's join requests", (read) => read.joinRequests.count(tenant)],
]

/** Those that an index answers, whose few rows may have to be sorted. */
export const sortedQuestions: readonly Question[] = [
  ['members with a role', (read) => read.memberships.list({ ...tenant, role: 'admin', page: next })],
  [
    "an organization's admins outside a tenant",
    (read) => read.organizationMembers.listAdminsWithoutMembership(outside),
  ],
  ['comments on many resources', (read) => read.comments.listOnMany(talks)],
  ["a resource of one of a user's tenants", (read) => read.resources.findForUser({ ...user, type: 'doc', id: 'x' })],
  ['what somebody was everywhere', (read) => read.formerMembers.listByUser('ann')],
  ["a person's shares", (read) => read.resources.listShares({ ...tenant, ownerId: 'ann' })],
  ["a user's live tokens", (read) => read.accessTokens.list({ ...user, liveAt: 1, page: next })],
  ["a person's resources", (read) => read.resources.list({ ...resources, show: 'own', orderBy: 'name', page: first })],
]
