import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { globalCommand } from '../../pipeline/command.js'
import { namedOrSelf, ownOrAny } from '../../steps/users/own-or-any.js'

/** Ends a token at once: the caller's own, or, for operators, the named user's. */
export const revokeAccessToken = globalCommand({
  input: z.strictObject({ tokenId: Id, userId: Id.optional() }),
  who: 'anyone',
  async prepare(scope, input) {
    const userId = namedOrSelf(scope, input.userId)
    return { locks: { users: [userId] }, scope: { userId }, found: userId }
  },
  async run(step, { tokenId }, userId) {
    await ownOrAny(step, step.tx, userId)
    const existed = await step.tx.accessTokens.delete({ userId, id: tokenId })
    if (!existed) throw new TenancyError('access_token_not_found', 'No such token', {})
    return {
      result: undefined,
      events: [{ type: 'access_token.revoked', target: { type: 'access_token', id: tokenId }, data: {} }],
    }
  },
})
