import { userIdOf } from '../actor.js'
import type { Scope } from '../command.js'
import { consumeRateLimit } from '../rate-limits/consume-rate-limit.js'
import { refuseWithinHost } from '../within-host.js'

/** Counts a try of a user's code before it is looked at, for good: the code is short, and many are open at once. */
export async function countDeviceGuess({ context, actor }: Scope, call: string): Promise<void> {
  refuseWithinHost(context, call)
  const userId = userIdOf(actor)
  if (actor.ip !== undefined) await consumeRateLimit(context, 'deviceGuessPerIp', actor.ip)
  if (userId !== null) await consumeRateLimit(context, 'deviceGuessPerUser', userId)
}
