import { createHandler } from './create-handler.js'
import { mountFetch } from './mounts/mount-fetch.js'
import type { HandlerOptions } from './options.js'

export type { FetchFacts } from './mounts/fetch-messages.js'
export { fetchGuard } from './guards/fetch-guard.js'
export type { FetchGuardOptions } from './guards/fetch-guard.js'

export interface FetchHandlerOptions extends HandlerOptions<Request> {
  /** The path that everything is below, such as the folder of a catch-all route. Default: the root. */
  readonly basePath?: string
}

/**
 * The APIs as a function of the Fetch API, for Hono, route handlers of Next, Bun, Deno and others. Resolves with `null`
 * where the path is not theirs. The body must not have been read. Give the client’s network address as `ip`: limits that
 * count by it do not apply without.
 *
 * @throws {TypeError} for an option or an API that does not exist.
 *
 * @example
 * const handle = fetchHandler({ tenancy, basePath: '/api' })
 * const response = (await handle(request, { ip })) ?? new Response('Not found', { status: 404 })
 */
export function fetchHandler({ basePath = '/', ...options }: FetchHandlerOptions) {
  return mountFetch(createHandler<Request>(options, 'fetchHandler'), basePath)
}
