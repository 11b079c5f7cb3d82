import { z } from 'zod'
import { NotificationChannel, NotificationKind } from '../../../model/notification.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { wholePreferences } from '../../steps/notifications/notification-preferences.js'
import { inOwnChain } from '../../steps/notifications/own-chain.js'

/** Chooses how the caller is told of some kinds of events. What is not named stays. */
export const updatePreferences = globalCommand({
  input: z
    .partialRecord(NotificationKind, NotificationChannel)
    .refine((listPreferences) => Object.keys(listPreferences).length > 0, 'names nothing to change'),
  who: 'user',
  prepare: inOwnChain,
  async run({ actor, tx }, listPreferences) {
    const userId = requireUserId(actor)
    const before = wholePreferences(await tx.notifications.getPreferences(userId))
    const changed = NotificationKind.options.flatMap((kind) => {
      const channel = listPreferences[kind]
      return channel === undefined || channel === before[kind] ? [] : [{ kind, channel }]
    })
    for (const choice of changed) await tx.notifications.setPreference({ userId, ...choice })
    const to = Object.fromEntries(changed.map(({ kind, channel }) => [kind, channel]))
    const target = { type: 'user', id: userId } as const
    return {
      result: { ...before, ...to },
      events: changed.length === 0 ? [] : [{ type: 'user.notification_preferences_updated', target, data: { to } }],
    }
  },
})
