import { identifyCaller } from '../../handler/identify-caller.js'
import type { HandlerRequest, RequestFacts } from '../../handler/handler.js'
import type { Route } from '../../handler/route.js'
import type { Caller, Identifying } from '../../handler/api.js'

/**
 * Identifies the caller by the host's `authenticate` or an access token. Requests count towards the user's rate limit.
 */
export async function identify(
  options: Identifying,
  _route: Route,
  request: HandlerRequest,
  facts: RequestFacts,
): Promise<Caller> {
  const caller = await identifyCaller(options, {}, request, facts)
  if ('userId' in caller.actor) await options.tenancy.consumeRateLimit({ user: { id: caller.actor.userId } })
  return caller
}
