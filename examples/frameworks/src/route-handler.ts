import { serve } from '@hono/node-server'
import { fetchHandler } from '@tenantry/http/fetch'
import { tenancy, userOf } from './tenancy.js'

const handle = fetchHandler({
  tenancy,
  basePath: '/api',
  authenticate: ({ headers }) => userOf(headers.get('x-user')),
})

// In Next, this is `app/api/[...path]/route.ts`. Your proxy says where a request comes from.
async function route(request: Request): Promise<Response> {
  const ip = request.headers.get('x-real-ip') ?? undefined
  return (await handle(request, { ip })) ?? new Response('Not found', { status: 404 })
}

export { route as DELETE, route as GET, route as OPTIONS, route as PATCH, route as POST, route as PUT }

/** Stands for Next. */
async function otherRoutes(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  return pathname === '/hello' ? new Response('hello') : route(request)
}

export const start = (port: number) => serve({ fetch: otherRoutes, port })
