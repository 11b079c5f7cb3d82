/** Whether a content is text that comes piece by piece. */
export function isStream(content: unknown): content is AsyncIterable<string> {
  return typeof content === 'object' && content !== null && Symbol.asyncIterator in content
}

/** The pieces of a response that is sent. Whoever sends them ends the iteration when the client goes away. */
export interface Pieces extends AsyncIterable<string> {
  /** Ends whatever the pieces are made from. */
  return(): Promise<void>
}

/**
 * Makes the first piece before the status is sent, so that a refusal can still be one. `onBroken` hears why a later piece
 * could not be made; the iteration then throws, and the mount breaks the response off.
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
