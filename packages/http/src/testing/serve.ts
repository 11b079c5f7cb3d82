import type { AddressInfo } from 'node:net'
import express from 'express'
import type { RequestHandler } from 'express'

/** An application with these handlers on a port of its own. */
export async function serve(...handlers: readonly RequestHandler[]) {
  const app = express()
  for (const handler of handlers) app.use(handler)
  const server = app.listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  // Listening on a port, so the address is one.
  const { port } = server.address() as AddressInfo
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
