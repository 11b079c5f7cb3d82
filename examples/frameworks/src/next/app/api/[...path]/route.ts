import { fetchHandler } from '@tenantry/http/fetch'
import { userOf } from '../../../../session.js'
import { tenancy } from '../../../../tenancy.js'

const handle = fetchHandler({
  tenancy,
  basePath: '/api',
  authenticate: ({ headers }) => userOf(headers.get('cookie')),
})

/** Your proxy says where a request comes from. */
async function serve(request: Request): Promise<Response> {
  const ip = request.headers.get('x-real-ip') ?? undefined
  return (await handle(request, { ip })) ?? new Response('Not found', { status: 404 })
}

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT }
