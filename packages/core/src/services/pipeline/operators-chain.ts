import { userIdOf } from './actor.js'
import type { Scope } from './command.js'

/** Prepares an operator's command: what it records goes to the operator's own chain. */
export async function inOperatorsChain({ actor }: Scope) {
  const userId = userIdOf(actor)
  // The host's own code has no chain to write to.
  if (userId === null) return { locks: {}, scope: { userId: '' }, found: null }
  return { locks: { users: [userId] }, scope: { userId }, found: null }
}
