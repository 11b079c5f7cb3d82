import { createHandler } from './create-handler.js'
import { mountFetch } from './mounts/mount-fetch.js'
import type { HandlerOptions } from './options.js'

export type { FetchFacts } from './mounts/fetch-messages.js'
export { fetchGuard } from './guards/fetch-guard.js'
export type { FetchGuardOptions } from './guards/fetch-guard.js'

export interface FetchHandlerOptions extends HandlerOptions<Request> {
  /** The base path of all APIs, such as the folder of a catch-all route. Default: the root. */
  readonly basePath?: string
}

/**
 * The APIs as a Fetch API function, for Hono, Next route handlers, Bun, Deno and others. Resolves with `null` if no API
 * has the path. The body must be unread. Pass the client’s IP address as `ip`; without it, rate limits by address do
 * not apply.
 *
 * @throws {TypeError} for an unknown option or API.
 *
 * @example
 * const handle = fetchHandler({ tenancy, basePath: '/api' })
 * const response = (await handle(request, { ip })) ?? new Response('Not found', { status: 404 })
 */
export function fetchHandler({ basePath = '/', ...options }: FetchHandlerOptions) {
  return mountFetch(createHandler<Request>(options, 'fetchHandler'), basePath)
}
