import type { Reads, Transaction } from '@tenantry/core'
import { accessTokens } from '../tokens/access-tokens.js'
import { access } from '../access/access.js'
import { comments } from '../comments/comments.js'
import { counters } from '../rate-limits/counters.js'
import { deviceAuthorizations } from '../devices/device-authorizations.js'
import type { Sql } from '../database/dialect.js'
import { eventChains } from '../event-delivery/event-chains.js'
import { events } from '../events/events.js'
import { externalTokens } from '../external-tokens/external-tokens.js'
import { files } from '../files/files.js'
import { formerMembers } from '../members/former-members.js'
import { invitations } from '../invitations/invitations.js'
import { joinRequests } from '../join-requests/join-requests.js'
import { emails } from '../emails/emails.js'
import { memberships } from '../members/memberships.js'
import { notifications } from '../notifications/notifications.js'
import { organizationMembers } from '../organizations/organization-members.js'
import { organizations } from '../organizations/organizations.js'
import { ownershipTransfers } from '../ownership/ownership-transfers.js'
import { purges } from '../tenants/purges.js'
import { eventDelivery } from '../event-delivery/event-delivery.js'
import { resources } from '../resources/resources.js'
import { roles } from '../roles/roles.js'
import type { Executor } from '../statements/statement.js'
import { tenants } from '../tenants/tenants.js'
import { users } from '../users/users.js'

export function createRepositories(sql: Sql) {
  return {
    access: access(sql),
    tenants: tenants(sql),
    users: users(sql),
    memberships: memberships(sql),
    roles: roles(sql),
    invitations: invitations(sql),
    organizations: organizations(sql),
    organizationMembers: organizationMembers(sql),
    joinRequests: joinRequests(sql),
    formerMembers: formerMembers(sql),
    ownershipTransfers: ownershipTransfers(sql),
    accessTokens: accessTokens(sql),
    externalTokens: externalTokens(sql),
    deviceAuthorizations: deviceAuthorizations(sql),
    events: events(sql),
    emails: emails(sql),
    eventDelivery: eventDelivery(sql),
    notificationChains: eventChains(sql, 'notification_chains'),
    notifications: notifications(sql),
    purges: purges(sql),
    files: files(sql),
    resources: resources(sql),
    comments: comments(sql),
    counters: counters(sql),
  }
}

type RepositoryFactories = ReturnType<typeof createRepositories>

export function readsOf(factories: RepositoryFactories, executor: Executor): Reads {
  return {
    access: factories.access(executor),
    tenants: factories.tenants.reads(executor),
    users: factories.users.reads(executor),
    memberships: factories.memberships.reads(executor),
    roles: factories.roles.reads(executor),
    invitations: factories.invitations.reads(executor),
    organizations: factories.organizations.reads(executor),
    organizationMembers: factories.organizationMembers.reads(executor),
    joinRequests: factories.joinRequests.reads(executor),
    formerMembers: factories.formerMembers.reads(executor),
    ownershipTransfers: factories.ownershipTransfers.reads(executor),
    accessTokens: factories.accessTokens.reads(executor),
    externalTokens: factories.externalTokens.reads(executor),
    deviceAuthorizations: factories.deviceAuthorizations.reads(executor),
    events: factories.events.reads(executor),
    emails: factories.emails.reads(executor),
    eventDelivery: factories.eventDelivery.reads(executor),
    notificationChains: factories.notificationChains.reads(executor),
    notifications: factories.notifications.reads(executor),
    purges: factories.purges.reads(executor),
    files: factories.files.reads(executor),
    resources: factories.resources.reads(executor),
    comments: factories.comments.reads(executor),
  }
}

/** Getters, because making every repository takes longer than a short transaction, which uses two or three. Each is made once. */
export function repositoriesOf(factories: RepositoryFactories, executor: Executor): Transaction {
  const made: { -readonly [Name in keyof Transaction]?: Transaction[Name] } = {}
  return {
    get access() {
      return (made.access ??= factories.access(executor))
    },
    get tenants() {
      return (made.tenants ??= factories.tenants.repository(executor))
    },
    get users() {
      return (made.users ??= factories.users.repository(executor))
    },
    get memberships() {
      return (made.memberships ??= factories.memberships.repository(executor))
    },
    get roles() {
      return (made.roles ??= factories.roles.repository(executor))
    },
    get invitations() {
      return (made.invitations ??= factories.invitations.repository(executor))
    },
    get organizations() {
      return (made.organizations ??= factories.organizations.repository(executor))
    },
    get organizationMembers() {
      return (made.organizationMembers ??= factories.organizationMembers.repository(executor))
    },
    get joinRequests() {
      return (made.joinRequests ??= factories.joinRequests.repository(executor))
    },
    get formerMembers() {
      return (made.formerMembers ??= factories.formerMembers.repository(executor))
    },
    get ownershipTransfers() {
      return (made.ownershipTransfers ??= factories.ownershipTransfers.repository(executor))
    },
    get accessTokens() {
      return (made.accessTokens ??= factories.accessTokens.repository(executor))
    },
    get externalTokens() {
      return (made.externalTokens ??= factories.externalTokens.repository(executor))
    },
    get deviceAuthorizations() {
      return (made.deviceAuthorizations ??= factories.deviceAuthorizations.repository(executor))
    },
    get events() {
      return (made.events ??= factories.events.repository(executor))
    },
    get emails() {
      return (made.emails ??= factories.emails.repository(executor))
    },
    get eventDelivery() {
      return (made.eventDelivery ??= factories.eventDelivery.repository(executor))
    },
    get notificationChains() {
      return (made.notificationChains ??= factories.notificationChains.repository(executor))
    },
    get notifications() {
      return (made.notifications ??= factories.notifications.repository(executor))
    },
    get purges() {
      return (made.purges ??= factories.purges.repository(executor))
    },
    get files() {
      return (made.files ??= factories.files.repository(executor))
    },
    get resources() {
      return (made.resources ??= factories.resources.repository(executor))
    },
    get comments() {
      return (made.comments ??= factories.comments.repository(executor))
    },
    get counters() {
      return (made.counters ??= factories.counters(executor))
    },
  }
}
