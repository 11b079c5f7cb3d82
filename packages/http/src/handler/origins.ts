import { RequestError } from './failure.js'
import type { HandlerRequest } from './handler.js'

/** The origins from which pages may change things with the cookies of the host. */
export type Origins = ReadonlySet<string>

interface OriginOptions {
  readonly trustedOrigins?: readonly string[] | undefined
  readonly publicUrl?: string | undefined
}

/**
 * What the host named, beside its own origin, which each request says.
 *
 * @throws {TypeError} naming the option, for what is no origin or no address.
 */
export function originsOf({ trustedOrigins = [], publicUrl }: OriginOptions): Origins {
  if (!Array.isArray(trustedOrigins)) throw new TypeError('trustedOrigins: needs a list of origins')
  const own = publicUrl === undefined ? [] : [checkUrl('publicUrl', publicUrl).origin]
  return new Set([...trustedOrigins.map(checkOrigin), ...own])
}

/** @throws {TypeError} for what is no whole address of the web. */
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
 * Refuses what a page of another origin changes with the cookies of this one. Browsers say where a request comes from in
 * `Sec-Fetch-Site` (Fetch Metadata), or at least in `Origin`; a client that sends neither is no browser.
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
  // `none` is what a user has typed or opened from a bookmark.
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return origin === undefined || isOwn(origin, host)
}

/** Which scheme the browser sees is not known behind a proxy, so hosts are compared, with their ports. */
function isOwn(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false
  const { protocol, host: ofOrigin } = new URL(origin)
  const own = `${protocol}//${host}`
  return ofOrigin !== '' && URL.canParse(own) && new URL(own).host === ofOrigin
}
