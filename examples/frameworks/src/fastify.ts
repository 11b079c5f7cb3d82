import { fastifyGuard, fastifyTenancy } from '@tenantry/http/fastify'
import fastify, { type FastifyRequest } from 'fastify'
import { startSession, userOf } from './session.js'
import { invoicesOf, tenancy, tenant, type Scope } from './tenancy.js'

declare module 'fastify' {
  interface FastifyRequest {
    tenancy: Scope
  }
}

const authenticate = ({ headers }: FastifyRequest) => userOf(headers.cookie)
const guard = fastifyGuard({ tenancy, tenant, authenticate })

export async function start(port: number) {
  const app = fastify()
  await app.register(fastifyTenancy({ tenancy, basePath: '/api', authenticate }))
  app.post<{ Params: { name: string } }>('/sign-in/:name', async ({ params }, reply) =>
    reply.header('set-cookie', startSession(params.name)).code(204).send(),
  )
  app.get('/t/:tenant/invoices', { preHandler: guard.require('invoice:read') }, async (request) =>
    invoicesOf(request.tenancy),
  )
  app.get('/hello', async () => 'hello')
  await app.listen({ port })
  return app.server
}
