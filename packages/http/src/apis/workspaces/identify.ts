import { identifyCaller } from '../../handler/identify-caller.js'
import type { HandlerRequest, RequestFacts } from '../../handler/handler.js'
import type { Route } from '../../handler/route.js'
import type { Caller, Identifying } from '../../handler/api.js'

/** Whom the host authenticates, or who bears this library's token. Their requests are counted, by whichever of both. */
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
