import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { pageOf } from '../schemas.js'
import {
  fromPreferences,
  Notification,
  Preferences,
  toNotificationResponse,
  toPreferencesResponse,
} from '../notification-responses.js'
import { askedPage, pageQuery, toPageResponse } from '../responses.js'

const tag = 'Notifications'

const listNotifications = defineRoute({
  method: 'GET',
  path: '/notifications',
  summary: 'What the caller was told of, in all their workspaces, newest first',
  tag,
  query: z.strictObject({
    ...pageQuery,
    unread: z.enum(['true', 'false']).default('false').meta({ description: 'Only those that were not read yet' }),
  }),
  response: pageOf(Notification),
  async run({ as, query }) {
    const page = await as.notifications.list({ ...askedPage(query), unread: query.unread === 'true' })
    return toPageResponse(query, page, toNotificationResponse)
  },
})

const readNotification = defineRoute({
  method: 'POST',
  path: '/notifications/{notification_id}/read',
  summary: 'Note that a notification was read',
  tag,
  params: z.strictObject({ notification_id: WireId }),
  response: Notification,
  run: async ({ as, params: { notification_id: notificationId } }) =>
    toNotificationResponse(await as.notifications.markRead({ notificationId })),
})

const getPreferences = defineRoute({
  method: 'GET',
  path: '/notifications/preferences',
  summary: 'Get the caller’s notification preferences',
  tag,
  response: Preferences,
  run: async ({ as }) => toPreferencesResponse(await as.notifications.preferences.get()),
})

const updatePreferences = defineRoute({
  method: 'PUT',
  path: '/notifications/preferences',
  summary: 'Choose how to be told; what is not named stays',
  tag,
  closed: true,
  body: Preferences.partial().strict(),
  example: { protocol_updated: 'off', permission_changed: 'mail' },
  response: Preferences,
  run: async ({ as, body }) => toPreferencesResponse(await as.notifications.preferences.update(fromPreferences(body))),
})

export const notificationRoutes = [listNotifications, readNotification, getPreferences, updatePreferences]
