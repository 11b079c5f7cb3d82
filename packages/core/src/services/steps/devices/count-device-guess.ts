import { userIdOf } from '../../pipeline/actor.js'
import type { Scope } from '../../pipeline/command.js'
import { consumePerNetwork } from '../rate-limits/consume-per-network.js'
import { consumeRateLimit } from '../rate-limits/consume-rate-limit.js'
import { refuseWithinHost } from '../../pipeline/within-host.js'

/** Counts a try of a user's code before it is looked at, for good: the code is short, and many are open at once. */
export async function countDeviceGuess(scope: Scope, call: string): Promise<void> {
  const { context, actor } = scope
  refuseWithinHost(context, call)
  const userId = userIdOf(actor)
  await consumePerNetwork(scope, 'deviceGuessPerIp')
  if (userId !== null) await consumeRateLimit(context, 'deviceGuessPerUser', userId)
}
