/** Two storages, or a storage and the model, differ; the message tells everything that was done until then. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement'
  readonly story: readonly string[]

  constructor(story: readonly string[], cause: unknown) {
    const problem = cause instanceof Error ? (cause.name === 'Error' ? cause.message : String(cause)) : String(cause)
    super([...story.map((line, at) => `${String(at + 1).padStart(4)}. ${line}`), '', problem].join('\n'), { cause })
    this.story = [...story]
  }
}
