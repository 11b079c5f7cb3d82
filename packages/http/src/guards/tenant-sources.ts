import type { Actor, Tenancy, TenantSlug } from '@tenantry/core'
import { hostnameOf } from './hostname.js'

/** The parts of a request that a tenant source can read, in any framework. */
export interface SourceRequest<Native = unknown> {
  /** Path and query as the client sent them. */
  readonly url: string
  /** The requested host with its port, or `null` if the request names none or several. */
  readonly host: string | null
  /** The value of a header, or `null` if it is absent or repeated. */
  header(name: string): string | null
  /** The framework's own request. */
  readonly native: Native
}

/** The caller, for sources that query the database. */
export interface SourceContext {
  readonly tenancy: Tenancy
  readonly actor: Actor
}

/** A tenant by ID or slug; `null` if the request names none. */
export type NamedTenant = string | TenantSlug | null

/** Reads the tenant of a request. The result is untrusted: the guard checks the caller's access to that tenant. */
export type TenantSource<Native = never> = (
  request: SourceRequest<Native>,
  context: SourceContext,
) => NamedTenant | Promise<NamedTenant>

/** A source that does not use the framework's own request, so it works in any framework. */
type AnySource = TenantSource<unknown>

const SLUG = /^(?=.{2,63}$)[a-z0-9]+(-[a-z0-9]+)*$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A value in slug format is a slug, which is never a UUID. Any other value is an ID. */
export function idOrSlug(text: string): string | TenantSlug {
  return SLUG.test(text) && !UUID.test(text) ? { slug: text } : text
}

/**
 * Reads the tenant's ID or slug from a path segment. The pattern matches the beginning of the path.
 *
 * @throws {TypeError} for a pattern without `:tenant` or without a leading `/`.
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
 * Reads the slug from the subdomain directly below a host: `acme` of `acme.app.example.com`. The host itself and deeper
 * subdomains name no tenant. Case, port and trailing dot are ignored; international names are compared in ASCII form.
 *
 * @throws {TypeError} for an invalid host name.
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
 * Looks up the tenant of a custom domain with the host's function. The function gets the host name in lower case and
 * ASCII form, without port or trailing dot.
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
 * Reads the tenant's ID or slug from a header. A repeated header names no tenant.
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
 * The tenant that the user last chose with `tenants.switch`. It takes one more query per request.
 *
 * @example
 * const guard = tenancyGuard({ tenancy, authenticate, tenant: firstOf(fromHeader('x-tenant'), fromCurrentTenant()) })
 */
export function fromCurrentTenant(): AnySource {
  return async (_, { tenancy, actor }) => (await tenancy.as(actor).tenants.current())?.tenant.id ?? null
}

/** Uses the first source that names a tenant, even if the caller has no access to that tenant. */
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
