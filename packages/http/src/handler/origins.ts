import { RequestError } from './failure.js'
import type { HandlerRequest } from './handler.js'

/** The origins whose pages may make changes with the host's cookies. */
export type Origins = ReadonlySet<string>

interface OriginOptions {
  readonly trustedOrigins?: readonly string[] | undefined
  readonly publicUrl?: string | undefined
}

/**
 * The configured origins, in addition to the router's own, which each request names.
 *
 * @throws {TypeError} naming the option, for an invalid origin or URL.
 */
export function originsOf({ trustedOrigins = [], publicUrl }: OriginOptions): Origins {
  if (!Array.isArray(trustedOrigins)) throw new TypeError('trustedOrigins: needs a list of origins')
  const own = publicUrl === undefined ? [] : [checkUrl('publicUrl', publicUrl).origin]
  return new Set([...trustedOrigins.map(checkOrigin), ...own])
}

/** @throws {TypeError} unless the value is an absolute http or https URL. */
export function checkUrl(option: string, value: unknown): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.hash) return url
  throw new TypeError(`${option}: needs a whole address such as https://app.example.com, not ${JSON.stringify(value)}`)
}

function checkOrigin(value: unknown): string {
  const { origin } = checkUrl('trustedOrigins', value)
  if (origin === value) return origin
  throw new TypeError(`trustedOrigins: needs origins alone, such as ${origin}, not ${JSON.stringify(value)}`)
}

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Rejects a change that a page of another origin sends with the host's cookies (CSRF). Browsers state the origin of a
 * request in `Sec-Fetch-Site` (Fetch Metadata) or `Origin`; a client that sends neither is not a browser.
 */
export function refuseCrossSite(request: HandlerRequest, host: string | undefined, trusted: Origins): void {
  if (READING.includes(request.method)) return
  const [site, ...moreSites] = request.headerValues('sec-fetch-site')
  const [origin, ...moreOrigins] = request.headerValues('origin')
  const isOnce = moreSites.length === 0 && moreOrigins.length === 0
  if (isOnce && (isFromHere(site, origin, host) || (origin !== undefined && trusted.has(origin)))) return
  throw new RequestError('cross_site', 'A page of another origin sent this; the host must trust that origin')
}

function isFromHere(site: string | undefined, origin: string | undefined, host: string | undefined): boolean {
  // `none` means a request that the user started: a typed URL or a bookmark.
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return origin === undefined || isOwn(origin, host)
}

/** Behind a proxy the browser's scheme is unknown, so only host and port are compared. */
function isOwn(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false
  const { protocol, host: ofOrigin } = new URL(origin)
  const own = `${protocol}//${host}`
  return ofOrigin !== '' && URL.canParse(own) && new URL(own).host === ofOrigin
}
