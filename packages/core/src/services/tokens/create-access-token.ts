import { z } from 'zod'
import { TokenLabel } from '../../model/access-token.js'
import { Id } from '../../model/id.js'
import { directoryCommand } from '../command.js'
import { namedOrSelf, ownOrAny } from '../users/own-or-any.js'
import { issueAccessToken } from './issue-access-token.js'

const DAY_MS = 86_400_000

/** Issues a bearer token for the caller, or, for operators, for the user named. It is shown this once. */
export const createAccessToken = directoryCommand({
  input: z
    .strictObject({
      userId: Id.optional(),
      label: TokenLabel.optional(),
      /** How long it lives, in whole days from 1 to 365. Default: the factory's. */
      days: z.int().min(1).max(365).optional(),
    })
    .prefault({}),
  who: 'anyone',
  async prepare(scope, input) {
    const userId = namedOrSelf(scope, input.userId)
    return { locks: { users: [userId] }, scope: { userId }, found: userId }
  },
  async run(step, { label = null, days }, userId) {
    await ownOrAny(step, userId)
    const lifetimeMs = days === undefined ? undefined : days * DAY_MS
    const { event, ...result } = await issueAccessToken(step, { userId, label, lifetimeMs })
    return { result, events: [event] }
  },
})
