import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HandlerRequest, HandlerResponse } from '../handler/handler.js'

/** A request of Node, whose body nobody has read unless it is given. */
export function toHandlerRequest(
  request: IncomingMessage,
  url: string,
  body: HandlerRequest['body'] = hasBody(request) ? bytesOf(request) : null,
): HandlerRequest {
  return {
    method: request.method ?? 'GET',
    url,
    body,
    // Adapters of function platforms fill `headers` only, in which Node has joined or dropped what came twice.
    headerValues: (name) => request.headersDistinct?.[name] ?? [request.headers[name] ?? []].flat(),
  }
}

/** Whether a body follows the headers (RFC 9112, 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  return encoding !== undefined || (length !== undefined && length !== '0')
}

/** Leaves the connection open when only a part is read: the response is still to be sent. */
function bytesOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) }
}

/** Sends a response, at the pace of the client. Resolves also when the client goes away. */
export async function sendNodeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HandlerResponse,
): Promise<void> {
  // What a refused client still sends is discarded, so that it gets to the response.
  if (!request.readableEnded) request.resume()
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (body === null) return void response.end()
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.setHeader('Content-Length', Buffer.byteLength(body))
    return void response.end(body)
  }
  // A failure here is the client's, or was logged where the pieces are made; it breaks the response off.
  await pipeline(Readable.from(body), response).catch(() => {})
}
