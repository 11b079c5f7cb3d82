import { z } from 'zod'
import { NotificationKind } from '../../../model/notification.js'
import type { NotificationChannel } from '../../../model/notification.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'
import { DEFAULT_CHANNEL } from '../../workers/notifications/notify.js'

/** How somebody is told of each kind of event. */
export type NotificationPreferences = Readonly<Record<NotificationKind, NotificationChannel>>

/** How the caller is told of each kind of event: `in_app` where they have chosen nothing. */
export const getPreferences = globalQuery({
  input: z.undefined(),
  who: 'user',
  run: async ({ actor, read }) => wholePreferences(await read.notifications.getPreferences(requireUserId(actor))),
})

/** What was chosen, and the default for every other kind. */
export function wholePreferences(chosen: Partial<NotificationPreferences>): NotificationPreferences {
  const all = NotificationKind.options.map((kind) => [kind, chosen[kind] ?? DEFAULT_CHANNEL])
  // Every kind there is was named.
  return Object.fromEntries(all) as NotificationPreferences
}
