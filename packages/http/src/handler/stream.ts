/** Whether the content is streamed text. */
export function isStream(content: unknown): content is AsyncIterable<string> {
  return typeof content === 'object' && content !== null && Symbol.asyncIterator in content
}

/** The chunks of a streamed response. The mount ends the iteration when the client disconnects. */
export interface Pieces extends AsyncIterable<string> {
  /** Stops the source of the chunks. */
  return(): Promise<void>
}

/**
 * Produces the first chunk before the status is sent, so that an error there still gets an error response. If a later
 * chunk fails, `onBroken` gets the error, the iteration throws, and the mount aborts the response.
 */
export async function beginStream(pieces: AsyncIterable<string>, onBroken: (error: unknown) => void): Promise<Pieces> {
  const iterator = pieces[Symbol.asyncIterator]()
  let first: IteratorResult<string, unknown> | null = await iterator.next()
  const end = async (): Promise<void> => void (await iterator.return?.())
  return {
    return: end,
    [Symbol.asyncIterator]: () => ({
      async next() {
        const next =
          first ??
          (await iterator.next().catch((error: unknown) => {
            onBroken(error)
            throw error
          }))
        first = null
        return next.done ? { done: true, value: undefined } : next
      },
      async return() {
        await end()
        return { done: true, value: undefined }
      },
    }),
  }
}
