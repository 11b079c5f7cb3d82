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

/** What an `authenticate` of the tests reads of a request, whichever framework it comes from. */
interface HostRequest {
  get(name: string): string | undefined
}

export type HostOptions = HandlerOptions<HostRequest>

export const MOUNTS = ['express', 'fetch'] as const
export type MountName = (typeof MOUNTS)[number]

/** What tests that name no mount run through: `MOUNT=fetch` runs them all through the other. */
export const DEFAULT_MOUNT: MountName = process.env['MOUNT'] === 'fetch' ? 'fetch' : 'express'

export interface ServeOptions {
  readonly mount?: MountName | undefined
  /** A header that says where a request comes from: it stands for a proxy that the host trusts. */
  readonly ipHeader?: string | undefined
}

/** The APIs on a port of their own, all of them unless the options name some. */
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

/** A server that speaks in the terms of the Fetch API, as those of Hono, Next and others do on Node. */
export async function serveFetch(handle: FetchHandler, ipHeader?: string) {
  const server = createServer((incoming, outgoing) => {
    const given = ipHeader && incoming.headers[ipHeader]
    const ip = typeof given === 'string' ? given : incoming.socket.remoteAddress
    void handle(toRequest(incoming), { ip })
      .then((response) => send(incoming, outgoing, response ?? notFound(incoming)))
      .catch(() => void outgoing.destroy())
  }).listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  // Listening on a port, so the address is one.
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
    // The body of a request as the types of Node's streams know it, which are those of its Fetch API.
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
