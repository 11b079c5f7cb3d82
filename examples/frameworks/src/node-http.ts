import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createGuard, denialHeaders, denialOf } from '@tenantry/http'
import { nodeHandler, toHandlerRequest } from '@tenantry/http/node'
import { startSession, userOf } from './session.js'
import { invoicesOf, tenancy, tenant } from './tenancy.js'

const authenticate = ({ headers }: IncomingMessage) => userOf(headers.cookie)
const handle = nodeHandler({ tenancy, basePath: '/api', authenticate })
const guard = createGuard({ tenancy, tenant, authenticate })

const server = createServer(async (request, response) => {
  if (await handle(request, response)) return
  const [, first, second, third] = (request.url ?? '/').split('/')
  if (first === 'hello') response.end('hello')
  else if (first === 'sign-in' && second && request.method === 'POST')
    response.writeHead(204, { 'set-cookie': startSession(second) }).end()
  else if (first === 't' && third === 'invoices' && request.method === 'GET') await sendInvoices(request, response)
  else response.writeHead(404).end('Not found')
})

async function sendInvoices(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const facts = {
    native: request,
    ip: request.socket.remoteAddress,
    host: request.headers.host,
    protocol: 'http',
    mountPath: '',
  }
  try {
    const scope = await guard.open(toHandlerRequest(request, request.url ?? '/'), facts, ['invoice:read'])
    response.setHeader('content-type', 'application/json').end(JSON.stringify(invoicesOf(scope)))
  } catch (error) {
    const denial = denialOf(error)
    if (denial) response.writeHead(denial.status, denialHeaders(denial)).end(JSON.stringify(denial.problem))
    else response.writeHead(500).end()
  }
}

export const start = (port: number) => server.listen(port)
