import type { PurgeReads, PurgeRepository } from '../purge-port.js'
import type { Draft } from './draft.js'
import { chainOf } from './events.js'
import { everywhere } from './table.js'
import { purgedByGroup, type Tables } from './tables.js'
import { takePage } from './take-page.js'

export function purgeReads({ tenants }: Tables): PurgeReads {
  return {
    async listDue({ deletedBefore, limit, after }) {
      const due = tenants
        .rows(everywhere)
        .flatMap(({ id, ownerId, status, deletedAt }) =>
          status === 'deleted' && deletedAt !== null && deletedAt <= deletedBefore ? [{ id, ownerId, deletedAt }] : [],
        )
      return takePage(due, { limit, after }, 'oldest', ({ id, deletedAt }) => ({ at: deletedAt, id }))
    },
  }
}

export function purgeRepository(draft: Draft): PurgeRepository {
  const { tables } = draft

  /** The removal of each row that may go before the tenant itself. */
  function removals(tenantId: string): (() => unknown)[] {
    const chain = chainOf({ tenantId })
    const ownerId = tables.tenants.get(everywhere, tenantId)?.ownerId
    const last = tables.eventHeads.get(everywhere, chain)?.seq
    const isOurs = ({ scope }: { readonly scope: object }) => 'tenantId' in scope && scope.tenantId === tenantId
    return [
      ...tables.deliveryChains
        .rows(everywhere)
        .filter(isOurs)
        .map(() => () => tables.deliveryChains.remove(everywhere, chain)),
      ...(tables.notificationChains.get(everywhere, chain)
        ? [() => tables.notificationChains.remove(everywhere, chain)]
        : []),
      ...tables.notifications.rows(tenantId).map(({ userId, id }) => () => {
        tables.notifications.remove(tenantId, `${userId} ${id}`)
        tables.notificationByUser.remove(userId, id)
      }),
      ...tables.deadLetters
        .rows(everywhere)
        .filter(isOurs)
        .map(
          ({ id }) =>
            () =>
              tables.deadLetters.remove(everywhere, id),
        ),
      ...tables.emails
        .rows(everywhere)
        .filter((mail) => mail.tenantId === tenantId)
        .map(
          ({ id }) =>
            () =>
              tables.emails.remove(everywhere, id),
        ),
      ...tables.invitations.rows(tenantId).map(({ invitation: { id, emailKey }, tokens }) => () => {
        tables.invitations.remove(tenantId, id)
        tables.invitationByEmail.remove(tenantId, emailKey)
        tables.invitationByEmailedToken.remove(everywhere, tokens.mailed ?? '')
        tables.invitationByRevealedToken.remove(everywhere, tokens.revealed ?? '')
      }),
      ...tables.joinRequests.rows(tenantId).map(({ id, userId }) => () => {
        tables.joinRequests.remove(tenantId, id)
        tables.joinRequestByUser.remove(userId, `${tenantId} ${id}`)
      }),
      ...tables.formerMembers.rows(tenantId).map(({ userId }) => () => {
        tables.formerMembers.remove(tenantId, userId)
        tables.formerMemberByUser.remove(userId, tenantId)
      }),
      ...(tables.ownershipTransfers.get(everywhere, tenantId)
        ? [() => tables.ownershipTransfers.remove(everywhere, tenantId)]
        : []),
      ...purgedByGroup.flatMap((name) =>
        tables[name].keys(tenantId).map((key) => () => tables[name].remove(tenantId, key)),
      ),
      ...tables.memberships
        .rows(tenantId)
        .filter(({ userId }) => userId !== ownerId)
        .map(({ userId }) => () => {
          tables.memberships.remove(tenantId, userId)
          tables.membershipByUser.remove(userId, tenantId)
        }),
      ...tables.events
        .rows(chain)
        .filter(({ seq }) => seq !== last)
        .map(
          ({ seq }) =>
            () =>
              tables.events.remove(chain, String(seq)),
        ),
    ]
  }

  return {
    ...purgeReads(tables),
    async begin({ tenantId, deletedBefore, at }) {
      const tenant = tables.tenants.get(everywhere, tenantId)
      const isDue = tenant?.status === 'deleted' && tenant.deletedAt !== null && tenant.deletedAt <= deletedBefore
      if (isDue && tables.purges.get(everywhere, tenantId) === undefined) tables.purges.set(everywhere, tenantId, at)
      return isDue
    },
    async deleteBatch({ tenantId, limit }) {
      if (tables.purges.get(everywhere, tenantId) === undefined) return 0
      const some = removals(tenantId).slice(0, limit)
      for (const remove of some) remove()
      return some.length
    },
    async complete(tenantId) {
      const tenant = tables.tenants.get(everywhere, tenantId)
      const isMarked = tables.purges.get(everywhere, tenantId) !== undefined
      if (!tenant || !isMarked || removals(tenantId).length > 0) return false
      const chain = chainOf({ tenantId })
      for (const { seq } of tables.events.rows(chain)) tables.events.remove(chain, String(seq))
      tables.eventHeads.remove(everywhere, chain)
      tables.memberships.remove(tenantId, tenant.ownerId)
      tables.membershipByUser.remove(tenant.ownerId, tenantId)
      if (tenant.slug !== null) tables.tenantBySlug.remove(everywhere, tenant.slug)
      tables.purges.remove(everywhere, tenantId)
      return tables.tenants.remove(everywhere, tenantId)
    },
  }
}
