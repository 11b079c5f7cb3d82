import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { StartError } from './start-error.js'

const GRACE_MS = 5_000

/**
 * Listens, and returns the server with its port. @throws {StartError} with a suggestion if the port is not available.
 */
export async function listen(
  app: RequestListener,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(app)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new StartError(explain(error, { port, host }), { cause: error })
  }
  const address = server.address()
  return { server, port: address !== null && typeof address === 'object' ? address.port : port }
}

function explain(error: unknown, { port, host }: { readonly port: number; readonly host: string }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return (
      `Port ${port} is taken; perhaps this server runs already.\n` +
      `Stop what uses the port, or choose another: PORT=${port + 1} npx -y pnpm@12.21.0 start`
    )
  }
  if (code === 'EACCES') return `Port ${port} needs more rights; choose one above 1023 with PORT.`
  return `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`
}

/** Accepts no new requests, and gives current ones a moment to complete. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // Otherwise a keep-alive connection would stay open for the client's next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const limit = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(limit)
}
