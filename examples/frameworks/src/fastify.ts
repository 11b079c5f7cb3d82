import { fastifyTenancy } from '@tenantry/http/fastify'
import fastify from 'fastify'
import type { FastifyRequest } from 'fastify'
import { tenancy, userOf } from './tenancy.js'

export async function start(port: number) {
  const app = fastify()
  await app.register(
    fastifyTenancy({
      tenancy,
      basePath: '/api',
      authenticate: ({ headers }: FastifyRequest) => userOf(headers['x-user']?.toString()),
    }),
  )
  app.get('/hello', async () => 'hello')
  await app.listen({ port })
  return app.server
}
