/**
 * A path and query below a base path, `null` where it is not. `base` is normal: without a slash at its end, `''` for the
 * root. The absolute form of a URL, which proxies may send (RFC 9112, 3.2.2), loses its origin.
 */
export function below(base: string, url: string): string | null {
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '')
  return path.startsWith(`${base}/`) ? path.slice(base.length) : null
}

/** @throws {TypeError} for what is no path. */
export function normalBasePath(basePath: unknown): string {
  if (typeof basePath === 'string' && /^\/[^?#]*$/.test(basePath)) return basePath.replace(/\/+$/, '')
  throw new TypeError('basePath: needs a path such as /tenancy')
}
