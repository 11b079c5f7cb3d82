import { z } from 'zod'
import { globalCommand } from '../../pipeline/command.js'
import { hashToken } from '../../pipeline/secrets.js'
import { unauthenticated } from '../../pipeline/actor.js'

/** Ends the token itself, whoever holds it. */
export const signOut = globalCommand({
  input: z.strictObject({ accessToken: z.string().max(200) }),
  who: 'anyone',
  async prepare({ context }, { accessToken }) {
    const found = await context.storage.read.accessTokens.findByHash(hashToken(accessToken))
    if (!found) throw unauthenticated()
    const { id, userId } = found.token
    return { locks: { users: [userId] }, scope: { userId }, found: { id, userId } }
  },
  async run({ tx }, _, key) {
    if (!(await tx.accessTokens.delete(key))) throw unauthenticated()
    return {
      result: undefined,
      events: [{ type: 'access_token.revoked', target: { type: 'access_token', id: key.id }, data: {} }],
    }
  },
})
