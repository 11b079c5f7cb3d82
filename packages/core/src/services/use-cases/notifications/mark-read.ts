import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import { toListedNotifications } from '../../steps/notifications/listed-notification.js'
import { recordsNothing } from '../../steps/notifications/own-chain.js'

/** Notes that the caller has read one of their notifications, and answers it. Read once, it stays as it is. */
export const markRead = globalCommand({
  input: z.strictObject({ notificationId: Id }),
  who: 'user',
  prepare: recordsNothing,
  async run({ actor, context, tx, now }, { notificationId: id }) {
    const userId = requireUserId(actor)
    const found = await tx.notifications.find({ userId, id })
    const [shown] = await toListedNotifications(context, tx, found ? [found] : [])
    if (!found || !shown) throw new TenancyError('notification_not_found', 'No such notification', {})
    if (shown.readAt !== null) return { result: shown, events: [] }
    await tx.notifications.markRead({ tenantId: shown.tenant.id, userId, id, at: now })
    return { result: { ...shown, readAt: now }, events: [] }
  },
})
