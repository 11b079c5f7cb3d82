import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { PAGE_HEADERS, pageOf, pageQuery, queryFlag, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { Notification } from '../schemas.js'

const tag = 'Notifications'
const Channel = z.enum(['off', 'in_app', 'email'])

const Kind = z.enum([
  'resource_created',
  'resource_updated',
  'comment_added',
  'member_joined',
  'member_left',
  'permissions_changed',
])

const Preferences = z.record(Kind, Channel)

const listNotifications = row({
  method: 'GET',
  path: '/me/notifications',
  operationId: 'listMyNotifications',
  summary: 'List the caller’s notifications from all tenants, newest first',
  tag,
  query: z.strictObject({ ...pageQuery, unread: queryFlag().describe('Whether only the unread ones') }),
  response: pageOf(Notification),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, query }) =>
    toPageReply(query, await as.notifications.list(query), (one) => present(Notification, one)),
})

const markRead = row({
  method: 'POST',
  path: '/me/notifications/{notificationId}/read',
  operationId: 'markNotificationRead',
  summary: 'Mark a notification as read',
  tag,
  params: z.strictObject({ notificationId: WireId }),
  response: Notification,
  run: async ({ as, params }) =>
    present(Notification, await as.notifications.markRead({ notificationId: params.notificationId })),
})

const markAllRead = row({
  method: 'POST',
  path: '/me/notifications/read',
  operationId: 'markAllNotificationsRead',
  summary: 'Mark all notifications as read, and return how many were unread',
  tag,
  response: z.object({ read: z.int() }),
  run: ({ as }) => as.notifications.markAllRead(),
})

const getPreferences = row({
  method: 'GET',
  path: '/me/notifications/preferences',
  operationId: 'getNotificationPreferences',
  summary: 'Get how the caller is notified of each kind of event',
  tag,
  response: Preferences,
  run: ({ as }) => as.notifications.preferences.get(),
})

const updatePreferences = row({
  method: 'PATCH',
  path: '/me/notifications/preferences',
  operationId: 'updateNotificationPreferences',
  summary: 'Choose how the caller is notified of some kinds of events; the others stay',
  tag,
  body: z.partialRecord(Kind, Channel),
  example: { comment_added: 'email' },
  response: Preferences,
  run: ({ as, body }) => as.notifications.preferences.update(body),
})

export const notificationRoutes = [listNotifications, markRead, markAllRead, getPreferences, updatePreferences]
