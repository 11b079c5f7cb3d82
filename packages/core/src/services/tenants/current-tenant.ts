import { z } from 'zod'
import { requireUserId } from '../actor.js'
import { directoryQuery } from '../query.js'

/** The tenant the caller works in when none is named: the one switched to last, else the oldest; `null` without any. */
export const currentTenant = directoryQuery({
  input: z.undefined(),
  who: 'user',
  run: ({ actor, read }) => read.tenants.current({ userId: requireUserId(actor) }),
})
