import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { fetchHandler } from '@tenantry/http/fetch'
import { honoGuard } from '@tenantry/http/hono'
import { Hono } from 'hono'
import { startSession, userOf } from './session.js'
import { invoicesOf, tenancy, tenant, type Scope } from './tenancy.js'

const authenticate = ({ headers }: Request) => userOf(headers.get('cookie'))
const handle = fetchHandler({ tenancy, basePath: '/api', authenticate })
const guard = honoGuard({ tenancy, tenant, authenticate })

const app = new Hono<{ Variables: { tenancy: Scope } }>()
app.use(async (context, next) => {
  const response = await handle(context.req.raw, { ip: getConnInfo(context).remote.address })
  if (response) return response
  await next()
})
app.post('/sign-in/:name', (context) =>
  context.body(null, 204, { 'set-cookie': startSession(context.req.param('name')) }),
)
app.get('/t/:tenant/invoices', guard.require('invoice:read'), (context) =>
  context.json(invoicesOf(context.var.tenancy)),
)
app.get('/hello', (context) => context.text('hello'))

export const start = (port: number) => serve({ fetch: app.fetch, port })
