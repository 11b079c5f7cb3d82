import { z } from 'zod'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'

/** The tenant the caller works in when none is named: the one switched to last, else the oldest; `null` without any. */
export const currentTenant = globalQuery({
  input: z.undefined(),
  who: 'user',
  run: ({ actor, read }) => read.tenants.current({ userId: requireUserId(actor) }),
})
