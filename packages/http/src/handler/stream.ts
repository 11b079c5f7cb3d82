import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

/** Whether a content is text that comes piece by piece. */
export function isStream(content: unknown): content is AsyncIterable<string> {
  return typeof content === 'object' && content !== null && Symbol.asyncIterator in content
}

/**
 * Sends pieces of text, each when the client has taken those before. A client that goes away ends the iteration, and with
 * it whatever the pieces are made from. The first piece comes before the status, so that a refusal can still be one.
 */
export async function sendStream(response: Response, pieces: AsyncIterable<string>, begin: () => void): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]()
  const first = await iterator.next()
  begin()
  if (response.req.method === 'HEAD') {
    await iterator.return?.()
    return void response.end()
  }
  try {
    await pipeline(Readable.from(startingWith(first, iterator)), response)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!isGone) throw error
  }
}

async function* startingWith(
  first: IteratorResult<string, unknown>,
  rest: AsyncIterator<string>,
): AsyncGenerator<string, void, undefined> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
