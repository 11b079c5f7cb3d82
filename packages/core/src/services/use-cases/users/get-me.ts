import { z } from 'zod'
import { unauthenticated } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'

/** The caller's own account. */
export const getMe = globalQuery({
  input: z.undefined(),
  who: 'user',
  async run({ user }) {
    if (!user) throw unauthenticated()
    return user
  },
})
