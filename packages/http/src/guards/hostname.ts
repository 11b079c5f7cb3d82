/** Characters that end or split the host of a URL. */
const DELIMITERS = /[\s/?#@\\%]/

/**
 * The host name of a `Host` header: lower case, ASCII form (IDNA), without port and trailing dot. `null` if it is
 * invalid.
 */
export function hostnameOf(host: string | null): string | null {
  if (host === null || host === '' || DELIMITERS.test(host) || !URL.canParse(`http://${host}`)) return null
  const { hostname } = new URL(`http://${host}`)
  return hostname.endsWith('.') ? hostname.slice(0, -1) || null : hostname
}
