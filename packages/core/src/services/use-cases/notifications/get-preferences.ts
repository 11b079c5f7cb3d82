import { z } from 'zod'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'
import { wholePreferences } from '../../steps/notifications/notification-preferences.js'

/** How the caller is told of each kind of event: `in_app` where they have chosen nothing. */
export const getPreferences = globalQuery({
  input: z.undefined(),
  who: 'user',
  run: async ({ actor, read }) => wholePreferences(await read.notifications.getPreferences(requireUserId(actor))),
})
