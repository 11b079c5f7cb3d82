import { tenancyGuard, tenancyRouter } from '@tenantry/express-router'
import express, { type Request } from 'express'
import { startSession, userOf } from './session.js'
import { invoicesOf, tenancy, tenant } from './tenancy.js'

const authenticate = (request: Request) => userOf(request.get('cookie'))
const guard = tenancyGuard({ tenancy, tenant, authenticate })

const app = express()
app.use(express.json())
app.use('/api', tenancyRouter({ tenancy, authenticate }))
app.post('/sign-in/:name', ({ params }, response) => {
  response.setHeader('set-cookie', startSession(params.name)).status(204).end()
})
app.get('/t/:tenant/invoices', guard.require('invoice:read'), (request, response) => {
  response.json(invoicesOf(request.tenancy))
})
app.get('/hello', (_request, response) => void response.send('hello'))

export const start = (port: number) => app.listen(port)
