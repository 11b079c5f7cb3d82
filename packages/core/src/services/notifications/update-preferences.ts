import { z } from 'zod'
import { NotificationChannel, NotificationKind } from '../../model/notification.js'
import { requireUserId } from '../actor.js'
import { directoryCommand } from '../command.js'
import { wholePreferences } from './get-preferences.js'
import { inOwnChain } from './own-chain.js'

/** Chooses how the caller is told of some kinds of events. What is not named stays. */
export const updatePreferences = directoryCommand({
  input: z
    .partialRecord(NotificationKind, NotificationChannel)
    .refine((choices) => Object.keys(choices).length > 0, 'names nothing to change'),
  who: 'user',
  prepare: inOwnChain,
  async run({ actor, tx }, choices) {
    const userId = requireUserId(actor)
    const before = wholePreferences(await tx.notifications.preferencesOf(userId))
    const changed = NotificationKind.options.flatMap((kind) => {
      const channel = choices[kind]
      return channel === undefined || channel === before[kind] ? [] : [{ kind, channel }]
    })
    for (const choice of changed) await tx.notifications.choose({ userId, ...choice })
    const to = Object.fromEntries(changed.map(({ kind, channel }) => [kind, channel]))
    const target = { type: 'user', id: userId } as const
    return {
      result: { ...before, ...to },
      events: changed.length === 0 ? [] : [{ type: 'user.notifications_changed', target, data: { to } }],
    }
  },
})
