import { NotificationKind } from '../../../model/notification.js'
import type { NotificationChannel } from '../../../model/notification.js'

/** How somebody is told of each kind of event. */
export type NotificationPreferences = Readonly<Record<NotificationKind, NotificationChannel>>

/** What somebody gets who has chosen nothing. */
export const DEFAULT_CHANNEL: NotificationChannel = 'in_app'

/** What was chosen, and the default for every other kind. */
export function wholePreferences(chosen: Partial<NotificationPreferences>): NotificationPreferences {
  const all = NotificationKind.options.map((kind) => [kind, chosen[kind] ?? DEFAULT_CHANNEL])
  // Every kind there is was named.
  return Object.fromEntries(all) as NotificationPreferences
}
