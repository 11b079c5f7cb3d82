import type { HandlerRequest, HandlerResponse, RequestFacts } from '../handler/handler.js'

/** What the server knows of a request, and `Request` does not say. */
export type FetchFacts = Partial<Pick<RequestFacts, 'ip' | 'protocol' | 'host'>>

/** The path of a request with its query. */
export function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return `${pathname}${search}`
}

/** What is known of a request; the server's facts count before those of the URL. */
export function factsOf(request: Request, mountPath: string, facts: FetchFacts): RequestFacts<Request> {
  const { protocol, host } = new URL(request.url)
  return { protocol: protocol.slice(0, -1), host, ip: undefined, ...facts, native: request, mountPath }
}

/** A request of the Fetch API, whose body nobody has read. */
export function toHandlerRequest(request: Request, url: string): HandlerRequest {
  return {
    method: request.method,
    url,
    body: request.body,
    // Headers that came twice are joined here by a comma, which no value that counts has.
    headerValues: (name) => [request.headers.get(name) ?? []].flat(),
  }
}

/** The response of the Fetch API, whose body is made as it is read. */
export function toFetchResponse(request: Request, { status, headers, body }: HandlerResponse): Response {
  if (body === null) return new Response(null, { status, headers })
  if (typeof body !== 'string' && !(body instanceof Uint8Array))
    return new Response(streamOf(body), { status, headers })
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const sized = { ...headers, 'Content-Length': String(bytes.byteLength) }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { status, headers: sized })
}

/** Makes each piece when the client asks for it; a client that goes away ends the iteration. */
function streamOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next()
        if (next.done) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
