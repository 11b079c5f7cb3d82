import { z } from 'zod'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { recordsNothing } from '../../steps/notifications/own-chain.js'

/** Notes that the caller has read all their notifications, and answers how many were unread. */
export const markAllRead = globalCommand({
  input: z.undefined(),
  who: 'user',
  prepare: recordsNothing,
  async run({ actor, tx, now }) {
    const read = await tx.notifications.markAllRead({ userId: requireUserId(actor), at: now })
    return { result: { read }, events: [] }
  },
})
