import { z } from 'zod'
import { TenancyError } from '../../errors.js'
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
    const owner = await ownOrAny(step, step.tx, userId)
    // It would come to life with the account.
    if (owner.status !== 'active') throw new TenancyError('conflict', 'The account is disabled', {})
    const lifetimeMs = days === undefined ? undefined : days * DAY_MS
    const { event, ...result } = await issueAccessToken(step, { userId, label, lifetimeMs })
    return { result, events: [event] }
  },
})
