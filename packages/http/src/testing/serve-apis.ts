import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { tenancyRouter } from '@tenantry/express-router'
import type { RequestHandler } from 'express'
import type { FetchFacts } from '../fetch.js'
import { fetchHandler } from '../fetch.js'
import type { HandlerOptions } from '../options.js'
import { EVERY_API } from './every-api.js'
import { serve } from './serve.js'

/** The parts of a request that `authenticate` reads in tests, in any framework. */
interface HostRequest {
  get(name: string): string | undefined
}

export type HostOptions = HandlerOptions<HostRequest>

export const MOUNTS = ['express', 'fetch'] as const
export type MountName = (typeof MOUNTS)[number]

/** The mount for tests that do not choose one. `MOUNT=fetch` selects the other. */
export const DEFAULT_MOUNT: MountName = process.env['MOUNT'] === 'fetch' ? 'fetch' : 'express'

export interface ServeOptions {
  readonly mount?: MountName | undefined
  /** A header with the client's IP address, in place of a trusted proxy. */
  readonly ipHeader?: string | undefined
}

/** Serves the APIs on a port, by default all of them. */
export function serveApis(
  { apis = EVERY_API, ...rest }: HostOptions,
  { mount = DEFAULT_MOUNT, ipHeader }: ServeOptions = {},
) {
  const options = { ...rest, apis }
  if (mount === 'express') return serve(placed(ipHeader), tenancyRouter(options))
  const { authenticate, ...others } = options
  const handle = fetchHandler({
    ...others,
    ...(authenticate && {
      authenticate: ({ headers }) => authenticate({ get: (name) => headers.get(name) ?? undefined }),
    }),
  })
  return serveFetch(handle, ipHeader)
}

function placed(header: string | undefined): RequestHandler {
  return (request, _response, next) => {
    const value = header && request.get(header)
    if (value) Object.defineProperty(request, 'ip', { value, configurable: true })
    next()
  }
}

type FetchHandler = (request: Request, facts?: FetchFacts) => Promise<Response | null>

/** A server with a Fetch API interface, like those of Hono and Next on Node. */
export async function serveFetch(handle: FetchHandler, ipHeader?: string) {
  const server = createServer((incoming, outgoing) => {
    const given = ipHeader && incoming.headers[ipHeader]
    const ip = typeof given === 'string' ? given : incoming.socket.remoteAddress
    void handle(toRequest(incoming), { ip })
      .then((response) => send(incoming, outgoing, response ?? notFound(incoming)))
      .catch(() => void outgoing.destroy())
  }).listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  // The server listens on a port, so its address is an object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET', headers, rawHeaders } = incoming
  const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, at): [string, string] => [
    rawHeaders[2 * at] ?? '',
    rawHeaders[2 * at + 1] ?? '',
  ])
  const isFramed = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  const hasBody = isFramed && method !== 'GET' && method !== 'HEAD'
  return new Request(`http://${headers.host ?? 'localhost'}${incoming.url ?? '/'}`, {
    method,
    headers: pairs,
    // The types of Node's streams and of its Fetch API differ, but the object is the same.
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' as const }),
  })
}

function notFound({ method, url }: IncomingMessage): Response {
  return new Response(`Cannot ${method} ${url}`, { status: 404 })
}

async function send(incoming: IncomingMessage, outgoing: ServerResponse, response: Response): Promise<void> {
  if (!incoming.readableEnded) incoming.resume()
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (!response.body) return void outgoing.end()
  await pipeline(Readable.fromWeb(response.body), outgoing).catch(() => {})
}
