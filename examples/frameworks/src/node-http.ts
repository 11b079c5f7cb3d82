import { createServer } from 'node:http'
import { nodeHandler } from '@tenantry/http/node'
import { tenancy, userOf } from './tenancy.js'

const handle = nodeHandler({
  tenancy,
  basePath: '/api',
  authenticate: ({ headers }) => userOf(headers['x-user']?.toString()),
})

const server = createServer(async (request, response) => {
  if (await handle(request, response)) return
  if (request.url === '/hello') response.end('hello')
  else response.writeHead(404).end('Not found')
})

export const start = (port: number) => server.listen(port)
