import type { Actor, Tenancy, TenantSlug } from '@tenantry/core'
import { hostnameOf } from './hostname.js'

/** What a tenant source reads of a request, in any framework. */
export interface SourceRequest<Native = unknown> {
  /** Path and query as the client sent them. */
  readonly url: string
  /** The requested host with its port, or `null` where the request names none or several. */
  readonly host: string | null
  /** A header's value, or `null` where it is absent or sent more than once. */
  header(name: string): string | null
  /** The framework's own request. */
  readonly native: Native
}

/** Who asks, for sources that look something up. */
export interface SourceContext {
  readonly tenancy: Tenancy
  readonly actor: Actor
}

/** A tenant by id or by slug; `null` where the request names none. */
export type NamedTenant = string | TenantSlug | null

/** Reads from a request which tenant it is about. The result is never trusted: access to that tenant is checked. */
export type TenantSource<Native = never> = (
  request: SourceRequest<Native>,
  context: SourceContext,
) => NamedTenant | Promise<NamedTenant>

/** A source that reads nothing of the framework's own request, and so fits any framework. */
type AnySource = TenantSource<unknown>

const SLUG = /^(?=.{2,63}$)[a-z0-9]+(-[a-z0-9]+)*$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What has the form of a slug is a slug, which is never a UUID. Anything else is an id. */
export function idOrSlug(text: string): string | TenantSlug {
  return SLUG.test(text) && !UUID.test(text) ? { slug: text } : text
}

/**
 * The tenant is one segment of the path, as id or slug. Only the beginning of the path must match.
 *
 * @throws {TypeError} for a pattern without `:tenant`, or one that does not begin with `/`.
 *
 * @example
 * const guard = tenancyGuard({ tenancy, authenticate, tenant: fromPath('/t/:tenant') })
 */
export function fromPath(pattern: string): AnySource {
  const segments = pattern.split('/').slice(1)
  const position = segments.indexOf(':tenant')
  if (!pattern.startsWith('/') || position === -1 || segments.some((one) => one === '' || isOtherParameter(one)))
    throw new TypeError(`fromPath: needs a path with :tenant, such as /t/:tenant, not ${JSON.stringify(pattern)}`)
  return ({ url }) => {
    const given = (url.split(/[?#]/, 1)[0] ?? '').split('/').slice(1)
    if (segments.some((one, index) => index !== position && one !== given[index])) return null
    return segmentOf(given[position])
  }
}

/**
 * The tenant is the subdomain directly below a host, as slug: `acme` of `acme.app.example.com`. The host itself and
 * hosts further below name no tenant. Case, ports and a trailing dot do not matter; international names are compared in
 * their ASCII form.
 *
 * @throws {TypeError} for what is not a host name.
 *
 * @example
 * const guard = tenancyGuard({ tenancy, authenticate, tenant: fromSubdomain('app.example.com') })
 */
export function fromSubdomain(base: string): AnySource {
  const suffix = hostnameOf(base)
  if (suffix === null || suffix.includes(':')) {
    throw new TypeError(`fromSubdomain: needs a host name such as app.example.com, not ${JSON.stringify(base)}`)
  }
  return ({ host }) => {
    const hostname = hostnameOf(host)
    if (!hostname?.endsWith(`.${suffix}`)) return null
    const label = hostname.slice(0, -suffix.length - 1)
    return label === '' || label.includes('.') ? null : { slug: label }
  }
}

/**
 * The host looks up which tenant a domain belongs to, for customers with domains of their own. It gets the host name in
 * lower case and ASCII form, without a port or a trailing dot.
 *
 * @example
 * fromDomain(async (hostname) => (await db.findDomain(hostname))?.tenantId ?? null)
 */
export function fromDomain(find: (hostname: string) => NamedTenant | Promise<NamedTenant>): AnySource {
  return ({ host }) => {
    const hostname = hostnameOf(host)
    return hostname === null ? null : find(hostname)
  }
}

/**
 * The tenant is the value of a header, as id or slug. A header sent twice names none.
 *
 * @example
 * const guard = tenancyGuard({ tenancy, authenticate, tenant: fromHeader('x-tenant') })
 */
export function fromHeader(name: string): AnySource {
  return ({ header }) => {
    const value = header(name)?.trim()
    return value ? idOrSlug(value) : null
  }
}

/**
 * The tenant the user last switched to, by `tenants.switch`. It costs one more statement per request.
 *
 * @example
 * const guard = tenancyGuard({ tenancy, authenticate, tenant: firstOf(fromHeader('x-tenant'), fromCurrentTenant()) })
 */
export function fromCurrentTenant(): AnySource {
  return async (_, { tenancy, actor }) => (await tenancy.as(actor).tenants.current())?.tenant.id ?? null
}

/** The first source that names a tenant decides, whether or not the caller has access to that tenant. */
export function firstOf<Native>(...sources: readonly TenantSource<Native>[]): TenantSource<Native> {
  return async (request, context) => {
    for (const source of sources) {
      const named = await source(request, context)
      if (named !== null) return named
    }
    return null
  }
}

function isOtherParameter(segment: string): boolean {
  return segment.includes(':') && segment !== ':tenant'
}

function segmentOf(segment: string | undefined): NamedTenant {
  if (!segment) return null
  try {
    return idOrSlug(decodeURIComponent(segment))
  } catch {
    return null
  }
}
