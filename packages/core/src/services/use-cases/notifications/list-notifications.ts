import { z } from 'zod'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { Page } from '../../../model/page.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'
import { toListedNotifications } from '../../steps/notifications/listed-notification.js'
import type { ListedNotification } from '../../steps/notifications/listed-notification.js'

/** The caller's notifications from all their tenants, newest first; only the `unread` ones when asked for. */
export const listNotifications = globalQuery({
  input: PageInput.extend({ unread: z.boolean().default(false) }).prefault({}),
  who: 'user',
  async run({ actor, context, read }, { unread, ...asked }): Promise<Page<ListedNotification>> {
    const filter = { userId: requireUserId(actor), unread }
    const rows = await read.notifications.list({ ...filter, page: pageRequest(asked) })
    const page = await toPage(
      asked,
      rows,
      ({ notification: { at, id } }) => ({ at, id }),
      () => read.notifications.count(filter),
    )
    return { ...page, items: await toListedNotifications(context, read, page.items) }
  },
})
