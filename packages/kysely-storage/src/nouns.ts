import type { Reads, Transaction } from '@tenantry/core'
import { accessTokens } from './access-tokens.js'
import { access } from './access.js'
import { comments } from './comments.js'
import { counters } from './counters.js'
import { deviceAuthorizations } from './device-authorizations.js'
import type { Sql } from './dialect.js'
import { eventChains } from './event-chains.js'
import { events } from './events.js'
import { externalTokens } from './external-tokens.js'
import { files } from './files.js'
import { formerMembers } from './former-members.js'
import { invitations } from './invitations.js'
import { joinRequests } from './join-requests.js'
import { mails } from './mails.js'
import { memberships } from './memberships.js'
import { notifications } from './notifications.js'
import { organizationMembers } from './organization-members.js'
import { organizations } from './organizations.js'
import { ownershipTransfers } from './ownership-transfers.js'
import { purges } from './purges.js'
import { relay } from './relay.js'
import { resources } from './resources.js'
import { roles } from './roles.js'
import type { Executor } from './statement.js'
import { tenants } from './tenants.js'
import { users } from './users.js'

export function nounsOf(sql: Sql) {
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
    mails: mails(sql),
    relay: relay(sql),
    notificationChains: eventChains(sql, 'notification_chains'),
    notifications: notifications(sql),
    purges: purges(sql),
    files: files(sql),
    resources: resources(sql),
    comments: comments(sql),
    counters: counters(sql),
  }
}

type Nouns = ReturnType<typeof nounsOf>

export function readsOf(nouns: Nouns, executor: Executor): Reads {
  return {
    access: nouns.access(executor),
    tenants: nouns.tenants.reads(executor),
    users: nouns.users.reads(executor),
    memberships: nouns.memberships.reads(executor),
    roles: nouns.roles.reads(executor),
    invitations: nouns.invitations.reads(executor),
    organizations: nouns.organizations.reads(executor),
    organizationMembers: nouns.organizationMembers.reads(executor),
    joinRequests: nouns.joinRequests.reads(executor),
    formerMembers: nouns.formerMembers.reads(executor),
    ownershipTransfers: nouns.ownershipTransfers.reads(executor),
    accessTokens: nouns.accessTokens.reads(executor),
    externalTokens: nouns.externalTokens.reads(executor),
    deviceAuthorizations: nouns.deviceAuthorizations.reads(executor),
    events: nouns.events.reads(executor),
    mails: nouns.mails.reads(executor),
    relay: nouns.relay.reads(executor),
    notificationChains: nouns.notificationChains.reads(executor),
    notifications: nouns.notifications.reads(executor),
    purges: nouns.purges.reads(executor),
    files: nouns.files.reads(executor),
    resources: nouns.resources.reads(executor),
    comments: nouns.comments.reads(executor),
  }
}

/** Getters, because making every repository takes longer than a short transaction, which uses two or three. */
export function repositoriesOf(nouns: Nouns, executor: Executor): Transaction {
  return {
    get access() {
      return nouns.access(executor)
    },
    get tenants() {
      return nouns.tenants.repository(executor)
    },
    get users() {
      return nouns.users.repository(executor)
    },
    get memberships() {
      return nouns.memberships.repository(executor)
    },
    get roles() {
      return nouns.roles.repository(executor)
    },
    get invitations() {
      return nouns.invitations.repository(executor)
    },
    get organizations() {
      return nouns.organizations.repository(executor)
    },
    get organizationMembers() {
      return nouns.organizationMembers.repository(executor)
    },
    get joinRequests() {
      return nouns.joinRequests.repository(executor)
    },
    get formerMembers() {
      return nouns.formerMembers.repository(executor)
    },
    get ownershipTransfers() {
      return nouns.ownershipTransfers.repository(executor)
    },
    get accessTokens() {
      return nouns.accessTokens.repository(executor)
    },
    get externalTokens() {
      return nouns.externalTokens.repository(executor)
    },
    get deviceAuthorizations() {
      return nouns.deviceAuthorizations.repository(executor)
    },
    get events() {
      return nouns.events.repository(executor)
    },
    get mails() {
      return nouns.mails.repository(executor)
    },
    get relay() {
      return nouns.relay.repository(executor)
    },
    get notificationChains() {
      return nouns.notificationChains.repository(executor)
    },
    get notifications() {
      return nouns.notifications.repository(executor)
    },
    get purges() {
      return nouns.purges.repository(executor)
    },
    get files() {
      return nouns.files.repository(executor)
    },
    get resources() {
      return nouns.resources.repository(executor)
    },
    get comments() {
      return nouns.comments.repository(executor)
    },
    get counters() {
      return nouns.counters(executor)
    },
  }
}
