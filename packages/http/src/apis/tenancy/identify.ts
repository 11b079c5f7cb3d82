import type { Caller, Identifying } from '../../handler/api.js'
import type { HandlerRequest, RequestFacts } from '../../handler/handler.js'
import { actorOf, bearerToken, signedInAtHost } from '../../handler/identify-caller.js'
import type { Route } from '../../handler/route.js'

/**
 * Identifies the caller by an access token, else by the host's `authenticate`. Requests count towards the rate limit of
 * the user, or of the token if it belongs to an external subject.
 */
export async function identify(
  options: Identifying,
  _route: Route,
  request: HandlerRequest,
  facts: RequestFacts,
): Promise<Caller> {
  const { tenancy, authenticate, origins } = options
  const { ip } = facts
  const accessToken = bearerToken(request)
  const { account, external } = tenancy.tokenPrefixes
  const isOurs = accessToken !== null && (accessToken.startsWith(account) || accessToken.startsWith(external))
  if (!isOurs && authenticate) {
    const actor = await signedInAtHost({ tenancy, authenticate, origins }, request, facts)
    if (actor && 'userId' in actor) await tenancy.consumeRateLimit({ user: { id: actor.userId } })
    return { actor: actor ?? { guest: true, ip }, accessToken, bearer: null }
  }
  const bearer = accessToken === null ? null : await tenancy.authenticate(accessToken)
  if (bearer)
    await tenancy.consumeRateLimit(bearer.kind === 'account' ? { user: bearer.user } : { token: bearer.token })
  return { actor: actorOf(bearer, ip), accessToken, bearer }
}
