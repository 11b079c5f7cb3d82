import type { HandlerRequest, HandlerResponse, RequestFacts } from '../handler/handler.js'

/** Facts that only the server knows, because `Request` does not contain them. */
export type FetchFacts = Partial<Pick<RequestFacts, 'ip' | 'protocol' | 'host'>>

/** The path of a request with its query. */
export function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return `${pathname}${search}`
}

/** The facts about a request. Those of the server override those of the URL. */
export function factsOf(request: Request, mountPath: string, facts: FetchFacts): RequestFacts<Request> {
  const { protocol, host } = new URL(request.url)
  return { protocol: protocol.slice(0, -1), host, ip: undefined, ...facts, native: request, mountPath }
}

/** Converts a Fetch API request, whose body must be unread. */
export function toHandlerRequest(request: Request, url: string): HandlerRequest {
  return {
    method: request.method,
    url,
    body: request.body,
    // Fetch joins repeated headers with a comma, which no valid value of the headers that matter contains.
    headerValues: (name) => [request.headers.get(name) ?? []].flat(),
  }
}

/** Converts a response to one of the Fetch API. A streamed body is produced as it is read. */
export function toFetchResponse(request: Request, { status, headers, body }: HandlerResponse): Response {
  if (body === null) return new Response(null, { status, headers })
  if (typeof body !== 'string' && !(body instanceof Uint8Array))
    return new Response(streamOf(body), { status, headers })
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const sized = { ...headers, 'Content-Length': String(bytes.byteLength) }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { status, headers: sized })
}

/** Produces each chunk when the client requests it; a disconnect ends the iteration. */
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
