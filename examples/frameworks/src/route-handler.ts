import { serve } from '@hono/node-server'
import { fetchHandler } from '@tenantry/http/fetch'
import { tenancy, userOf } from './tenancy.js'

const handle = fetchHandler({
  tenancy,
  basePath: '/api',
  authenticate: ({ headers }) => userOf(headers.get('x-user')),
})

// In Next, this is `app/api/[...path]/route.ts`. Your proxy says where a request comes from.
export async function GET(request: Request): Promise<Response> {
  const ip = request.headers.get('x-real-ip') ?? undefined
  return (await handle(request, { ip })) ?? new Response('Not found', { status: 404 })
}

// export { GET as DELETE, GET as OPTIONS, GET as PATCH, GET as POST, GET as PUT }

/** Stands for Next. */
async function otherRoutes(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  return pathname === '/hello' ? new Response('hello') : GET(request)
}

export const start = (port: number) => serve({ fetch: otherRoutes, port })
