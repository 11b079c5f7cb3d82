/**
 * Removes a base path from a path with query; returns `null` if the path is not below it. `base` has no trailing slash
 * and is `''` for the root. An absolute-form URL, which proxies may send (RFC 9112, 3.2.2), loses its origin.
 */
export function below(base: string, url: string): string | null {
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '')
  return path.startsWith(`${base}/`) ? path.slice(base.length) : null
}

/** @throws {TypeError} for an invalid path. */
export function normalBasePath(basePath: unknown): string {
  if (typeof basePath === 'string' && /^\/[^?#]*$/.test(basePath)) return basePath.replace(/\/+$/, '')
  throw new TypeError('basePath: needs a path such as /tenancy')
}
