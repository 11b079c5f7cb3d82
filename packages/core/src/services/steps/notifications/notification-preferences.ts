import { NotificationKind } from '../../../model/notification.js'
import type { NotificationChannel } from '../../../model/notification.js'

/** The channel of each kind of notification. */
export type NotificationPreferences = Readonly<Record<NotificationKind, NotificationChannel>>

/** The channel of a kind for which the user has chosen none. */
export const DEFAULT_CHANNEL: NotificationChannel = 'in_app'

/** The chosen channels, with the default for every other kind. */
export function wholePreferences(chosen: Partial<NotificationPreferences>): NotificationPreferences {
  const all = NotificationKind.options.map((kind) => [kind, chosen[kind] ?? DEFAULT_CHANNEL])
  // Every kind there is was named.
  return Object.fromEntries(all) as NotificationPreferences
}
