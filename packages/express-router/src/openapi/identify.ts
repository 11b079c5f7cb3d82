import type { Tenancy } from '@tenantry/core'
import type { Request } from 'express'
import { RequestError } from '../http/failure.js'
import { headerValues } from '../http/header-values.js'
import { actorOf, bearerToken, signedInAtHost } from '../http/identify-caller.js'
import type { Route } from '../http/route.js'
import type { Caller, RouterOptions } from '../http/surface.js'

/**
 * Who bears a token of this library, whatever else the host knows: programs have nothing but their token. Only a route
 * that says so takes a browser that is signed in at the host. Requests are counted for each token.
 */
export async function identify(
  options: Pick<RouterOptions, 'tenancy' | 'authenticate'>,
  route: Route,
  request: Request,
): Promise<Caller> {
  const { tenancy, authenticate } = options
  const { ip } = request
  const accessToken = bearerToken(request)
  const guest: Caller = { actor: { guest: true, ip }, accessToken, bearer: null }
  const isOurs = accessToken !== null && beginsLikeOurs(tenancy, accessToken)
  if (!isOurs && route.hostSession && authenticate) {
    const actor = await signedInAtHost({ tenancy, authenticate }, request)
    if (actor !== null) {
      refuseCrossSite(request)
      return { ...guest, actor }
    }
  }
  const bearer = isOurs ? await tenancy.authenticate(accessToken) : null
  if (bearer === null) {
    if (route.public) return guest
    throw refusal(accessToken, isOurs)
  }
  await tenancy.countRequest(bearer.token)
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

/**
 * Browsers send cookies along with what pages of others ask for. They say so in `Sec-Fetch-Site` (Fetch Metadata), or at
 * least in `Origin`; and a form cannot send JSON, which is why nothing else is read here, parsed by the host or not.
 */
function refuseCrossSite(request: Request): void {
  const [site] = headerValues(request, 'sec-fetch-site')
  const [origin] = headerValues(request, 'origin')
  const isSame = site === undefined ? isOfHost(origin, request.get('host')) : ['same-origin', 'none'].includes(site)
  if (isSame && request.is('application/json')) return
  throw new RequestError('cross_site', 'cross-site request refused')
}

function isOfHost(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
