import { isTenancyError, SYSTEM } from '@tenantry/core'
import type { Actor, Bearer, Tenancy } from '@tenantry/core'
import type { HandlerRequest, RequestFacts } from './handler.js'
import { refuseCrossSite } from './origins.js'
import type { Caller, Identifying, Identity, Api } from './api.js'

/**
 * Authenticates the caller. A missing or invalid credential makes the caller a guest; the route decides whether to
 * accept guests.
 */
export async function identifyCaller(
  { tenancy, authenticate, origins }: Identifying,
  api: Pick<Api, 'readCredential'>,
  request: HandlerRequest,
  facts: RequestFacts,
): Promise<Caller> {
  const accessToken = (api.readCredential ?? bearerToken)(request)
  const bearer = authenticate ? null : await bearerOf(tenancy, accessToken)
  const host = authenticate ? await signedInAtHost({ tenancy, authenticate, origins }, request, facts) : null
  return { actor: host ?? actorOf(bearer, facts.ip), accessToken, bearer }
}

/**
 * The user whom the host has authenticated, with the time of the sign-in if the host gives it. The host may use a
 * cookie, which browsers also send with requests from pages of other origins.
 *
 * @throws {RequestError} `cross_site` for a change that such a page sends.
 */
export async function signedInAtHost(
  { tenancy, authenticate, origins }: Required<Identifying>,
  request: HandlerRequest,
  { native, ip, host }: RequestFacts,
): Promise<Actor | null> {
  const identity = (await authenticate(native)) || null
  if (identity !== null) refuseCrossSite(request, host, origins)
  const userId = await knownToHost(tenancy, identity, ip)
  return userId === null ? null : { userId, ip, signedInAt: identity?.signedInAt }
}

/** The token of `Authorization: Bearer` (RFC 6750); `null` if the header was sent twice. */
export function bearerToken(request: HandlerRequest): string | null {
  const [header, ...more] = request.headerValues('authorization')
  if (header === undefined || more.length > 0) return null
  return /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1] ?? null
}

async function bearerOf(tenancy: Tenancy, accessToken: string | null): Promise<Bearer | null> {
  return accessToken === null ? null : tenancy.authenticate(accessToken)
}

/** The owner of an access token. An external subject is a guest, not a user. */
export function actorOf(bearer: Bearer | null, ip: string | undefined): Actor {
  if (bearer?.kind !== 'account') return { guest: true, ip }
  const { id: tokenId, signedInAt } = bearer.token
  return { userId: bearer.user.id, ip, tokenId, signedInAt }
}

async function knownToHost(
  tenancy: Tenancy,
  identity: Identity | null,
  ip: string | undefined,
): Promise<string | null> {
  if (identity === null) return null
  if ('userId' in identity && typeof identity.userId === 'string' && identity.userId !== '') return identity.userId
  if (!('id' in identity) || typeof identity.id !== 'string' || typeof identity.email !== 'string') {
    throw new TypeError('authenticate must answer { userId }, { id, email } or null')
  }
  const { id, email, name, emailVerified } = identity
  try {
    const user = await tenancy.as({ ...SYSTEM, ip }).users.ensure({ id, email, name, emailVerified })
    return user.id
  } catch (error) {
    if (!isTenancyError(error, 'invalid_input') && !isTenancyError(error, 'invalid_email')) throw error
    // The host returned an invalid user, which is not the client's error.
    throw new TypeError('authenticate answered a user who cannot be taken over', { cause: error })
  }
}
