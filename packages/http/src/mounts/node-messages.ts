import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HandlerRequest, HandlerResponse } from '../handler/handler.js'

/** Converts a Node request. Its body must be unread, unless `body` is given. */
export function toHandlerRequest(
  request: IncomingMessage,
  url: string,
  body: HandlerRequest['body'] = hasBody(request) ? bytesOf(request) : null,
): HandlerRequest {
  return {
    method: request.method ?? 'GET',
    url,
    body,
    // Adapters of function platforms only set `headers`, in which Node has already merged or dropped repeated headers.
    headerValues: (name) => request.headersDistinct?.[name] ?? [request.headers[name] ?? []].flat(),
  }
}

/** Whether a body follows the headers (RFC 9112, 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  return encoding !== undefined || (length !== undefined && length !== '0')
}

/** Keeps the connection open after a partial read, because the response is still to be sent. */
function bytesOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) }
}

/** Sends a response with backpressure. Also resolves when the client disconnects. */
export async function sendNodeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HandlerResponse,
): Promise<void> {
  // Discards the rest of a rejected upload, so that the client reads the response.
  if (!request.readableEnded) request.resume()
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (body === null) return void response.end()
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.setHeader('Content-Length', Buffer.byteLength(body))
    return void response.end(body)
  }
  // The client disconnected, or a chunk failed and was already logged. The response is aborted.
  await pipeline(Readable.from(body), response).catch(() => {})
}
