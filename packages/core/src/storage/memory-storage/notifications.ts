import type { Notification, NotificationChannel, NotificationKind } from '../../model/notification.js'
import type { NotificationFilter, NotificationReads, NotificationRepository } from '../notification-port.js'
import type { NotificationWithSubject } from '../notification-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'
import { takePage } from './take-page.js'

export function notificationReads(tables: Tables): NotificationReads {
  const { tenants, users, memberships, resources, notificationByUser, notificationPreferences } = tables

  const person = (id: string | null) => {
    const user = id === null ? undefined : users.get(everywhere, id)
    return user ? { id: user.id, name: user.name } : null
  }
  const resourceOf = ({ tenantId, resource: named }: Notification) => {
    const found = named ? resources.get(tenantId, `${named.type} ${named.id}`) : undefined
    if (!found) return null
    const { type, id, ownerTenantId, ownerId, visibility, name } = found
    return { tenantId, type, id, ownerTenantId, ownerId, visibility, name }
  }
  const withSubject = (notification: Notification): readonly NotificationWithSubject[] => {
    const { tenantId, userId, actorId, memberId } = notification
    const tenant = tenants.get(everywhere, tenantId)
    if (tenant?.status !== 'active' || !memberships.get(tenantId, userId)?.active) return []
    const { id, name } = tenant
    const people = { actor: person(actorId), member: person(memberId) }
    return [{ notification, tenant: { id, name }, resource: resourceOf(notification), ...people }]
  }
  const listed = ({ userId, unread }: NotificationFilter) =>
    notificationByUser
      .rows(userId)
      .filter(({ readAt }) => !unread || readAt === null)
      .flatMap(withSubject)

  return {
    list: async ({ page, ...filter }) =>
      takePage(listed(filter), page, 'newest', ({ notification: { at, id } }) => ({ at, id })),
    count: async (filter) => listed(filter).length,
    async find({ userId, id }) {
      const notification = notificationByUser.get(userId, id)
      return notification ? (withSubject(notification)[0] ?? null) : null
    },
    async getPreferences(userId) {
      const chosen: Partial<Record<NotificationKind, NotificationChannel>> = {}
      for (const { kind, channel } of notificationPreferences.rows(userId)) chosen[kind] = channel
      return chosen
    },
    listPreferences: async ({ kind, userIds }) =>
      userIds.flatMap((userId) => {
        const chosen = notificationPreferences.get(userId, kind)
        return chosen ? [{ userId, channel: chosen.channel }] : []
      }),
  }
}

export function notificationRepository(draft: Draft): NotificationRepository {
  const { memberships, notifications, notificationByUser, notificationPreferences } = draft.tables

  const keyOf = ({ userId, id }: Pick<Notification, 'userId' | 'id'>) => `${userId} ${id}`
  const put = (notification: Notification) => {
    const kept = keep(notification)
    notifications.set(kept.tenantId, keyOf(kept), kept)
    notificationByUser.set(kept.userId, kept.id, kept)
  }
  const remove = (notification: Notification) => {
    notifications.remove(notification.tenantId, keyOf(notification))
    notificationByUser.remove(notification.userId, notification.id)
  }

  return {
    ...notificationReads(draft.tables),
    async insertForUsers(shared, userIds) {
      const { tenantId, id } = shared
      const notified = userIds.filter((userId) => !notifications.get(tenantId, keyOf({ userId, id })))
      for (const userId of notified) put({ ...shared, userId, readAt: null })
      draft.atCommit(() => notified.every((userId) => memberships.get(tenantId, userId)))
      return notified
    },
    async markRead({ tenantId, at, ...key }) {
      const notification = notifications.get(tenantId, keyOf(key))
      if (notification?.readAt !== null) return false
      put({ ...notification, readAt: at })
      return true
    },
    async markAllRead({ userId, at }) {
      const unread = notificationByUser.rows(userId).filter(({ readAt }) => readAt === null)
      for (const notification of unread) put({ ...notification, readAt: at })
      return unread.length
    },
    async removeOld({ tenantId, before, limit }) {
      const old = notifications.rows(tenantId).filter(({ at }) => at < before)
      const some = old.slice(0, limit)
      for (const notification of some) remove(notification)
      return some.length
    },
    setPreference: async (choice) => notificationPreferences.set(choice.userId, choice.kind, keep(choice)),
    async deleteByUser(userId) {
      for (const notification of notificationByUser.rows(userId)) remove(notification)
      for (const { kind } of notificationPreferences.rows(userId)) notificationPreferences.remove(userId, kind)
    },
  }
}
