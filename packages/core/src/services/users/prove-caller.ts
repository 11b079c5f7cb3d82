import { TenancyError } from '../../errors.js'
import { isSystem, userIdOf } from '../actor.js'
import type { DirectoryStep, Scope } from '../command.js'
import { consumeRateLimit } from '../rate-limits/consume-rate-limit.js'
import { retryWhenBusy } from '../retry.js'
import { refuseWithinHost } from '../within-host.js'

/** How long after a sign-in the caller needs no further proof. */
const RECENT_MS = 10 * 60_000

/** What the caller has shown. `passwordHash` is the one that their current password fitted; `null` for none. */
export interface CallerProof {
  readonly passwordHash: string | null
}

/**
 * Compares the caller's current password, before any lock, because that is costly. Tries are limited per account.
 * `call` names the call where a host's own transaction must refuse it.
 */
export async function proveCaller(
  { context, actor }: Scope,
  { currentPassword, call }: { readonly currentPassword: string | undefined; readonly call: string },
): Promise<CallerProof> {
  const userId = userIdOf(actor)
  if (userId === null || currentPassword === undefined) return { passwordHash: null }
  refuseWithinHost(context, `${call} with currentPassword`)
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
  { tx, actor, user, now }: DirectoryStep,
  { passwordHash }: CallerProof,
): Promise<void> {
  if (user === null || isSystem(actor) || !('userId' in actor)) return
  const { signedInAt, tokenId } = actor
  if (typeof signedInAt === 'number' && Math.abs(now - signedInAt) <= RECENT_MS) return
  const current = await tx.users.findPasswordHash(user.id)
  if (current === null ? tokenId === undefined : current === passwordHash) return
  throw proofNeeded('Sign in again, or send your current password')
}

function proofNeeded(message: string): TenancyError {
  return new TenancyError('reauthentication_required', message, {})
}
