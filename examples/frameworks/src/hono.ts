import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { fetchHandler } from '@tenantry/http/fetch'
import { Hono } from 'hono'
import { tenancy, userOf } from './tenancy.js'

const handle = fetchHandler({
  tenancy,
  basePath: '/api',
  authenticate: ({ headers }) => userOf(headers.get('x-user')),
})

const app = new Hono()
app.use(async (context, next) => {
  const response = await handle(context.req.raw, { ip: getConnInfo(context).remote.address })
  if (response) return response
  await next()
})
app.get('/hello', (context) => context.text('hello'))

export const start = (port: number) => serve({ fetch: app.fetch, port })
