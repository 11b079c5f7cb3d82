import { z } from 'zod'
import { unauthenticated } from '../actor.js'
import { directoryQuery } from '../query.js'

/** The caller's own account. */
export const getMe = directoryQuery({
  input: z.undefined(),
  who: 'user',
  async run({ user }) {
    if (!user) throw unauthenticated()
    return user
  },
})
