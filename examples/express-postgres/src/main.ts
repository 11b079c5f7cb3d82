import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './create-app.js'
import { openDatabase } from './database.js'

const database = openDatabase()
const server = createServer(createApp(database)).listen(Number(process.env['PORT'] ?? 5003), '127.0.0.1')
await once(server, 'listening')
// A listening TCP server has an address with a port.
const { port } = server.address() as AddressInfo
console.log(`http://127.0.0.1:${port}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => void database.close())
    server.closeIdleConnections()
  })
}
