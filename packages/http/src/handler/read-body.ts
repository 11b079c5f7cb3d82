import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { RequestError } from './failure.js'
import type { HandlerRequest } from './handler.js'

type Bytes = AsyncIterable<Uint8Array>

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * Reads and decompresses the body. Decompression stops at the limit.
 *
 * @throws {RequestError} `body_too_large`, or `invalid_json` if the encoding is unknown or the body is truncated or
 * corrupt.
 */
export async function readBody(request: HandlerRequest, body: Bytes, limitBytes: number): Promise<Buffer> {
  const encoding = request.headerValues('content-encoding').join(',').toLowerCase()
  try {
    if (encoding === '' || encoding === 'identity') return await collect(body, limitBytes)
    const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
    if (!decoder) throw unreadable()
    return await pipeline(body, decoder(), (decoded: Bytes) => collect(decoded, limitBytes))
  } catch (error) {
    throw error instanceof RequestError ? error : unreadable(error)
  }
}

async function collect(body: Bytes, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limitBytes) throw new RequestError('body_too_large', 'The body has more than 1 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function unreadable(cause?: unknown): RequestError {
  return new RequestError('invalid_json', 'The body is no JSON', { cause })
}
