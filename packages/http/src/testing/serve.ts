import type { AddressInfo } from 'node:net'
import express from 'express'
import type { RequestHandler } from 'express'

/** Serves an application with these handlers on a port. */
export async function serve(...handlers: readonly RequestHandler[]) {
  const app = express()
  for (const handler of handlers) app.use(handler)
  const server = app.listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  // The server listens on a port, so its address is an object.
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
