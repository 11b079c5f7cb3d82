import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import type { Reads } from '../../../storage/port.js'
import { isSystem, userIdOf } from '../../pipeline/actor.js'
import type { GlobalStep, Scope } from '../../pipeline/command.js'
import { globalQuery } from '../../pipeline/query.js'
import { consumeRateLimit } from '../rate-limits/consume-rate-limit.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { refuseWithinHost } from '../../pipeline/within-host.js'
import { ownOrAny, refuseOtherAccounts } from './own-or-any.js'

/** How long after a sign-in the caller needs no further proof. */
const RECENT_MS = 10 * 60_000

/** What the caller has shown. `passwordHash` is the one that their current password fitted; `null` for none. */
export interface CallerProof {
  readonly passwordHash: string | null
}

interface Proving {
  readonly currentPassword: string | undefined
  /** Names the call where a host's own transaction must refuse it. */
  readonly call: string
  /** The account that the call is about. Default: the caller's. */
  readonly of?: string
}

/**
 * Compares the caller's current password, before any lock, because that is costly. Tries are limited per account. No
 * password is compared for a caller who may not change the account, or whose own is disabled.
 */
export async function proveCaller(scope: Scope, { currentPassword, call, of }: Proving): Promise<CallerProof> {
  const { context, actor } = scope
  const userId = userIdOf(actor)
  if (userId === null || currentPassword === undefined) return { passwordHash: null }
  refuseWithinHost(context, `${call} with currentPassword`)
  await refuseOtherAccounts(scope, { userId: of ?? userId })
  await consumeRateLimit(context, 'currentPasswordPerUser', userId)
  const passwordHash = await retryWhenBusy(() => context.storage.read.users.findPasswordHash(userId), context)
  if (!(await context.passwords.verify(currentPassword, passwordHash)) || passwordHash === null)
    throw proofNeeded('The current password is wrong')
  return { passwordHash }
}

/**
 * Lets through only who has signed in not long ago, or shows the current password: a stolen token must not become a way
 * in that outlives it. The host's own code needs no proof. Of an account without a password here, the host's word is the
 * proof, unless the caller bears a token of ours.
 */
export async function requireProof(
  { tx, actor, user, now }: Pick<GlobalStep, 'actor' | 'user' | 'now'> & { readonly tx: Pick<Reads, 'users'> },
  { passwordHash }: CallerProof,
): Promise<void> {
  if (user === null || isSystem(actor) || !('userId' in actor)) return
  const { signedInAt, tokenId } = actor
  if (typeof signedInAt === 'number' && Math.abs(now - signedInAt) <= RECENT_MS) return
  const current = await tx.users.findPasswordHash(user.id)
  if (current === null ? tokenId === undefined : current === passwordHash) return
  throw proofNeeded('Sign in again, or send your current password')
}

/** {@link requireProof} of a change to an account, before costly work. It is asked again under the lock. */
export const refuseUnproven = globalQuery({
  input: z.strictObject({ userId: Id, proof: z.custom<CallerProof>() }),
  who: 'anyone',
  async run(step, { userId, proof }) {
    await ownOrAny(step, step.read, userId)
    await requireProof({ ...step, tx: step.read, now: step.context.clock() }, proof)
  },
})

function proofNeeded(message: string): TenancyError {
  return new TenancyError('reauthentication_required', message, {})
}
