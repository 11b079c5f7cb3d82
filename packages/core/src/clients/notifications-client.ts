import type { Page } from '../model/page.js'
import type { ListedNotification } from '../services/steps/notifications/listed-notification.js'
import type { NotificationPreferences } from '../services/steps/notifications/notification-preferences.js'
import type { listNotifications } from '../services/use-cases/notifications/list-notifications.js'
import type { markAllRead } from '../services/use-cases/notifications/mark-all-read.js'
import type { markRead } from '../services/use-cases/notifications/mark-read.js'
import type { notificationBacklog } from '../services/use-cases/notifications/notification-backlog.js'
import type { updatePreferences } from '../services/use-cases/notifications/update-preferences.js'
import type { InputOf } from './input-of.js'

export interface ListNotificationsInput extends InputOf<typeof listNotifications> {}
export interface UpdatePreferencesInput extends InputOf<typeof updatePreferences> {}

/** A notification, by its ID. */
export interface NotificationReference extends InputOf<typeof markRead> {}

/** The number of notifications that were unread. */
export interface MarkedRead extends Awaited<ReturnType<typeof markAllRead>> {}

/** At most how many events wait to be turned into notifications, and since when. */
export interface NotificationBacklog extends Awaited<ReturnType<typeof notificationBacklog>> {}

/** How the caller is notified of each kind of event. */
export interface NotificationPreferencesClient {
  /** Returns the channel of every kind of event; the default is `in_app`. */
  get(): Promise<NotificationPreferences>
  /** Changes the channels of the given kinds of events, and returns all of them. */
  update(input: UpdatePreferencesInput): Promise<NotificationPreferences>
}

/** The notifications of the caller, from all their tenants. */
export interface NotificationsClient {
  /** Lists the caller's notifications, newest first; with `unread` only those that are unread. */
  list(input?: ListNotificationsInput): Promise<Page<ListedNotification>>
  /**
   * Marks a notification as read, and returns it.
   *
   * @throws {TenancyError} `notification_not_found`.
   */
  markRead(input: NotificationReference): Promise<ListedNotification>
  /** Marks all notifications of the caller as read, and returns how many were unread. */
  markAllRead(): Promise<MarkedRead>
  /** How the caller is notified of each kind of event. */
  readonly preferences: NotificationPreferencesClient
  /** Returns how many events still have to be turned into notifications. For operators; else `forbidden`. */
  backlog(): Promise<NotificationBacklog>
}
