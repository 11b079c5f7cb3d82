import { isTenancyError, SYSTEM } from '@tenantry/core'
import type { Actor, Tenancy } from '@tenantry/core'
import type { Request } from 'express'
import { headerValues } from './header-values.js'
import type { Identity, RouterOptions, Surface } from './surface.js'

/** Who a request comes from. */
export interface Caller {
  readonly actor: Actor
  readonly accessToken: string | null
}

/** A bad credential makes a guest, like none: whether guests may is the route's to say. */
export async function identifyCaller(
  { tenancy, authenticate }: Pick<RouterOptions, 'tenancy' | 'authenticate'>,
  surface: Pick<Surface, 'readCredential'>,
  request: Request,
): Promise<Caller> {
  // Express decides by the host's `trust proxy` whether X-Forwarded-For counts.
  const { ip } = request
  const accessToken = (surface.readCredential ?? bearerToken)(request)
  const userId = authenticate
    ? await knownToHost(tenancy, (await authenticate(request)) || null, ip)
    : await bearerOf(tenancy, accessToken)
  return { actor: userId === null ? { guest: true, ip } : { userId, ip }, accessToken }
}

/** The token of `Authorization: Bearer` (RFC 6750); `null` also when the header was sent twice. */
function bearerToken(request: Request): string | null {
  const [header, ...more] = headerValues(request, 'authorization')
  if (header === undefined || more.length > 0) return null
  return /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1] ?? null
}

async function bearerOf(tenancy: Tenancy, accessToken: string | null): Promise<string | null> {
  const bearer = accessToken === null ? null : await tenancy.authenticate(accessToken)
  // An external subject is no user anywhere.
  return bearer?.kind === 'account' ? bearer.user.id : null
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
    // Not the caller's fault: the host named somebody that cannot be.
    throw new TypeError('authenticate answered a user who cannot be taken over', { cause: error })
  }
}
