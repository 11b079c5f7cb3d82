import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { TokenLabel } from '../../../model/access-token.js'
import { Id } from '../../../model/id.js'
import { TypedPassword } from '../../../model/user.js'
import { isSystem } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { namedOrSelf, ownOrAny } from '../../steps/users/own-or-any.js'
import { proveCaller, requireProof } from '../../steps/users/prove-caller.js'
import type { CallerProof } from '../../steps/users/prove-caller.js'
import { issueAccessToken } from '../../steps/tokens/issue-access-token.js'

const DAY_MS = 86_400_000

const fields = {
  userId: Id.optional(),
  label: TokenLabel.optional(),
  /** How long it lives, in whole days from 1 to 365. Default: the factory's. */
  days: z.int().min(1).max(365).optional(),
}

const input = z
  .strictObject({
    ...fields,
    /** The caller's own, needed unless they signed in within the last ten minutes. */
    currentPassword: TypedPassword.optional(),
  })
  .prefault({})

/**
 * Issues a bearer token for the caller, or, for operators, for the user named. It is shown this once. A token makes no
 * other: without a sign-in within the last ten minutes, or the current password, this is `reauthentication_required`.
 * One that the host's own code issues is a sign-in.
 */
export async function createAccessToken(scope: Scope, raw: z.input<typeof input>) {
  const { currentPassword, ...given } = parseInput(input, raw)
  const of = namedOrSelf(scope, given.userId)
  const proof = await proveCaller(scope, { currentPassword, call: 'accessTokens.create()', of })
  return create(scope, { ...given, proof })
}

const create = globalCommand({
  input: z.strictObject({ ...fields, proof: z.custom<CallerProof>() }),
  who: 'anyone',
  async prepare(scope, input) {
    const userId = namedOrSelf(scope, input.userId)
    return { locks: { users: [userId] }, scope: { userId }, found: userId }
  },
  async run(step, { label = null, days, proof }, userId) {
    const owner = await ownOrAny(step, step.tx, userId)
    await requireProof(step, proof)
    // It would come to life with the account.
    if (owner.status !== 'active') throw new TenancyError('conflict', 'The account is disabled', {})
    if (owner.waitingSince !== null) await step.tx.users.update({ id: userId, set: { waitingSince: null } })
    const lifetimeMs = days === undefined ? undefined : days * DAY_MS
    const { event, ...result } = await issueAccessToken(step, {
      userId,
      label,
      lifetimeMs,
      isSignIn: isSystem(step.actor),
    })
    return { result, events: [event] }
  },
})
