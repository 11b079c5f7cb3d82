import type { Reads, Storage, Transaction } from '../port.js'
import { accessTokenReads, accessTokenRepository } from './access-tokens.js'
import { accessReads } from './access.js'
import { commentReads, commentRepository } from './comments.js'
import { counterRepository } from './counters.js'
import { deviceAuthorizationReads, deviceAuthorizationRepository } from './device-authorizations.js'
import { createDraft, type Draft } from './draft.js'
import { eventReads, eventRepository } from './events.js'
import { externalTokenReads, externalTokenRepository } from './external-tokens.js'
import { fileReads, fileRepository } from './files.js'
import { formerMemberReads, formerMemberRepository } from './former-members.js'
import { invitationReads, invitationRepository } from './invitations.js'
import { joinRequestReads, joinRequestRepository } from './join-requests.js'
import { emailReads, emailRepository } from './emails.js'
import { membershipReads, membershipRepository } from './memberships.js'
import { notificationReads, notificationRepository } from './notifications.js'
import { organizationMemberReads, organizationMemberRepository } from './organization-members.js'
import { organizationReads, organizationRepository } from './organizations.js'
import { ownershipTransferReads, ownershipTransferRepository } from './ownership-transfers.js'
import { purgeReads, purgeRepository } from './purges.js'
import { createQueue } from './queue.js'
import { createTables, type Tables } from './tables.js'
import { chainReads, chainRepository, eventDeliveryReads, eventDeliveryRepository } from './event-delivery.js'
import { resourceReads, resourceRepository } from './resources.js'
import { roleReads, roleRepository } from './roles.js'
import { tenantReads, tenantRepository } from './tenants.js'
import { userReads, userRepository } from './users.js'

/**
 * A storage that lives in this process and is gone with it, for tests, trials and single-process tools. It is the
 * reference of the port: it runs one transaction at a time, in the order in which they came.
 */
export function memoryStorage(): Storage {
  const tables = createTables()
  const enqueue = createQueue()

  return {
    migrate: async () => [],
    check: async () => [],
    read: readsOf(tables),
    // One transaction at a time holds every lock there is.
    transaction: (_locks, work) =>
      enqueue(async () => {
        const draft = createDraft(tables)
        const result = await work(transactionOn(draft))
        draft.commit()
        return result
      }),
    withTransaction() {
      throw new TypeError('The storage in memory is part of no transaction of a host.')
    },
    now: () => Date.now(),
    close: async () => {},
  }
}

function readsOf(tables: Tables): Reads {
  return {
    access: accessReads(tables),
    tenants: tenantReads(tables),
    users: userReads(tables),
    memberships: membershipReads(tables),
    roles: roleReads(tables),
    invitations: invitationReads(tables),
    organizations: organizationReads(tables),
    organizationMembers: organizationMemberReads(tables),
    joinRequests: joinRequestReads(tables),
    formerMembers: formerMemberReads(tables),
    ownershipTransfers: ownershipTransferReads(tables),
    accessTokens: accessTokenReads(tables),
    externalTokens: externalTokenReads(tables),
    deviceAuthorizations: deviceAuthorizationReads(tables),
    events: eventReads(tables),
    emails: emailReads(tables),
    eventDelivery: eventDeliveryReads(tables),
    notificationChains: chainReads(tables.notificationChains),
    notifications: notificationReads(tables),
    purges: purgeReads(tables),
    files: fileReads(tables),
    resources: resourceReads(tables),
    comments: commentReads(tables),
  }
}

function transactionOn(draft: Draft): Transaction {
  return {
    access: accessReads(draft.tables),
    tenants: tenantRepository(draft),
    users: userRepository(draft),
    memberships: membershipRepository(draft),
    roles: roleRepository(draft),
    invitations: invitationRepository(draft),
    organizations: organizationRepository(draft),
    organizationMembers: organizationMemberRepository(draft),
    joinRequests: joinRequestRepository(draft),
    formerMembers: formerMemberRepository(draft),
    ownershipTransfers: ownershipTransferRepository(draft),
    accessTokens: accessTokenRepository(draft),
    externalTokens: externalTokenRepository(draft),
    deviceAuthorizations: deviceAuthorizationRepository(draft),
    events: eventRepository(draft),
    emails: emailRepository(draft),
    eventDelivery: eventDeliveryRepository(draft),
    notificationChains: chainRepository(draft.tables.notificationChains),
    notifications: notificationRepository(draft),
    purges: purgeRepository(draft),
    files: fileRepository(draft),
    resources: resourceRepository(draft),
    comments: commentRepository(draft),
    counters: counterRepository(draft),
  }
}
