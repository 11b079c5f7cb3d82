import type { Scope } from '../../pipeline/command.js'
import { hashToken } from '../../pipeline/secrets.js'
import { consumePerNetwork } from './consume-per-network.js'
import { consumeRateLimit } from './consume-rate-limit.js'

/**
 * Counts an attempt to open an account with a token that exists, per token and per network, before its password is hashed:
 * guests could have as many hashed as they like otherwise. Rejects with `rate_limited`.
 */
export async function countActivation(scope: Scope, token: string): Promise<void> {
  await consumePerNetwork(scope, 'activationPerIp')
  await consumeRateLimit(scope.context, 'activationPerToken', hashToken(token))
}
