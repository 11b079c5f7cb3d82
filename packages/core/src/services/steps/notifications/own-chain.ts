import { requireUserId } from '../../pipeline/actor.js'
import type { Scope } from '../../pipeline/command.js'

/** Prepares a command that records nothing: that somebody has read something is nobody else's business. */
export async function recordsNothing({ actor }: Scope) {
  return { locks: {}, scope: { userId: requireUserId(actor) }, found: null }
}

/** Prepares a command about the caller's own notifications: what it records goes to the caller's chain. */
export async function inOwnChain({ actor }: Scope) {
  const userId = requireUserId(actor)
  return { locks: { users: [userId] }, scope: { userId }, found: null }
}
