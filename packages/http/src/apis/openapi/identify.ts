import type { Tenancy } from '@tenantry/core'
import { RequestError } from '../../handler/failure.js'
import { actorOf, bearerToken, signedInAtHost } from '../../handler/identify-caller.js'
import type { HandlerRequest, RequestFacts } from '../../handler/handler.js'
import type { Route } from '../../handler/route.js'
import type { Caller, Identifying } from '../../handler/api.js'

/**
 * Identifies the caller by an access token, even if the host has sessions, because programs only have their token.
 * Routes with `hostSession` also accept a session of the host. Requests count towards the rate limit of the token.
 */
export async function identify(
  options: Identifying,
  route: Route,
  request: HandlerRequest,
  facts: RequestFacts,
): Promise<Caller> {
  const { tenancy, authenticate, origins } = options
  const { ip } = facts
  const accessToken = bearerToken(request)
  const guest: Caller = { actor: { guest: true, ip }, accessToken, bearer: null }
  const isOurs = accessToken !== null && beginsLikeOurs(tenancy, accessToken)
  if (!isOurs && route.hostSession && authenticate) {
    const actor = await signedInAtHost({ tenancy, authenticate, origins }, request, facts)
    if (actor !== null) return { ...guest, actor }
  }
  const bearer = isOurs ? await tenancy.authenticate(accessToken) : null
  if (bearer === null) {
    if (route.public) return guest
    throw refusal(accessToken, isOurs)
  }
  await tenancy.consumeRateLimit({ token: bearer.token })
  if (bearer.kind === 'external' && !route.external && !route.public) {
    throw new RequestError('wrong_surface', 'an external subject has no workspaces')
  }
  return { actor: actorOf(bearer, ip), accessToken, bearer }
}

function beginsLikeOurs({ tokenPrefixes }: Tenancy, accessToken: string): boolean {
  return accessToken.startsWith(tokenPrefixes.account) || accessToken.startsWith(tokenPrefixes.external)
}

function refusal(accessToken: string | null, isOurs: boolean): RequestError {
  if (accessToken === null) return new RequestError('no_token', 'missing bearer token')
  if (!isOurs) return new RequestError('unknown_token_prefix', 'unknown token prefix')
  return new RequestError('unknown_token', 'token unknown or revoked')
}
